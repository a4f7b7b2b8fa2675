/** The library: a MOR to test against, inside the test's own process. */
export { createMockMor, type ListenOptions, type MockMor, type MockMorOptions, type MockMorSandbox } from './mock-mor.ts';
export type {
  CallParams,
  Control,
  Counts,
  DidFilter,
  DidView,
  ExplainOptions,
  HashInput,
  HashOptions,
  HashView,
  Health,
  Page,
  RequestDetail,
  RequestFilter,
  RequestPage,
  RequestParamView,
  RequestView,
  ResetReport,
  ResetScope,
  SandboxView,
  SettingsView,
  SnapshotView,
} from './control/control.ts';
export type { DescriptionName } from './control/descriptions.ts';
export type { CallCoverage, Coverage, CoverageShare, OutcomeCoverage } from './control/coverage-report.ts';
export type { LoadListener } from './fixtures/load.ts';
export type { DidInput, FixturesInput, SettingsPatch } from './fixtures/schema.ts';
export type { VerifiedView } from './control/verified.ts';
export type { Log, LogEntry, LoggedRequest } from './log.ts';
export { didCreateHash, type DidCreateHashInput } from './mor/hash.ts';
export type { Did, DidStatus, Provider, Settings, User } from './mor/model.ts';
export { MockMorError, type Fault, type ProblemCode } from './problems.ts';
export type { Trace, TraceStep } from './mor/trace.ts';
export type { FaultView } from './control/control.ts';
export type { FaultInput, FaultRule } from './world/fault-rule.ts';
export type { SandboxInput } from './world/sandboxes.ts';
