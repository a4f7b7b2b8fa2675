import { createMockMor, type FixturesInput, type MockMor } from '../../src/index.ts';

/** Makes a mock with this world, hands it over, and closes it whatever happens. */
export async function withMock<T>(fixtures: FixturesInput, use: (mor: MockMor) => T | Promise<T>): Promise<T> {
  // Some numbers are such that a warning is logged.
  const mor = await createMockMor({ fixtures, log: () => undefined });
  try {
    return await use(mor);
  } finally {
    await mor.close();
  }
}
