import { createMockMor } from 'mock-mor';

export async function dispose(): Promise<string> {
  const mor = await createMockMor();
  const sandbox = mor.createSandbox();
  sandbox[Symbol.dispose]();
  await mor[Symbol.asyncDispose]();
  return sandbox.name;
}
