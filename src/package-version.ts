/** The version in our package.json. */
export function packageVersion(): string {
  // By `require`, so that a bundler puts it into the bundle.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would pull the file into the build's root folder
  return (require('../package.json') as { readonly version: string }).version;
}
