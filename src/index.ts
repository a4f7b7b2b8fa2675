/** The library: a MOR to test against, inside the test's own process. */
export { createMockMor, type ListenOptions, type MockMor, type MockMorOptions } from './mock-mor.ts';
export type { Control, Counts, DidFilter, DidView, Health, Page, ResetReport, ResetScope, SettingsView } from './control.ts';
export type { DidInput, FixturesInput, SettingsPatch } from './fixtures/schema.ts';
export type { Log, LogEntry } from './log.ts';
export { didCreateHash, type DidCreateHashInput } from './mor/hash.ts';
export type { Did, DidStatus, Provider, Settings, User } from './mor/model.ts';
export { MockMorError, type Fault, type ProblemCode } from './problems.ts';
