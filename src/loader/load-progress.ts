/** Follows a load while it runs. */
export interface LoadProgress {
  /** Fixture files are about to be read. */
  readonly onFiles?: (() => void) | undefined;
  /** A CSV file that they name is about to be read. */
  readonly onListFile?: ((file: string) => void) | undefined;
  /** How much of a long file is read, from 0 to 1. */
  readonly onProgress?: ((file: string, share: number) => void) | undefined;
  /** What is valid, but slow or probably not meant: one line. */
  readonly onWarning?: ((message: string) => void) | undefined;
}
