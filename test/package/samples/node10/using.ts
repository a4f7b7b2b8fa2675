import { createMockMor } from 'mock-mor';

export async function use(): Promise<string> {
  await using mor = await createMockMor();
  using sandbox = mor.createSandbox();
  return sandbox.name;
}
