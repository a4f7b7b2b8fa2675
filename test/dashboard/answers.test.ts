/** The page's own types of the admin API's answers are those of the server: the compiler checks it. */
import type * as page from '../../src/dashboard/answers.ts';
import type { CallView } from '../../src/control/call-list.ts';
import type { Coverage } from '../../src/control/coverage-report.ts';
import type { FaultView } from '../../src/control/fault-control.ts';
import type { RequestRow } from '../../src/control/request-row.ts';
import type { RequestDetail } from '../../src/control/request-view.ts';
import type { SnapshotView } from '../../src/control/snapshot-view.ts';
import type { Device, DialPlan, Provider, Settings, User } from '../../src/mor/model.ts';
import { createMockMor } from '../../src/index.ts';
import { REQUEST_KINDS } from '../../src/control/request-row.ts';
import { REQUEST_KINDS as PAGE_KINDS } from '../../src/dashboard/answers.ts';

/** Compiles if what the server answers has all that the page reads. */
type Answers = readonly [
  (answer: CallView) => page.CallView,
  (answer: Coverage) => page.Coverage,
  (answer: FaultView) => page.FaultView,
  (answer: RequestRow) => page.RequestRow,
  (answer: RequestDetail) => page.RequestDetail,
  (answer: SnapshotView) => page.SnapshotView,
  (answer: User) => page.UserView,
  (answer: Provider) => page.ProviderView,
  (answer: Device) => page.DeviceView,
  (answer: DialPlan) => page.DialPlanView,
  (answer: Settings) => page.SettingsView,
];

const same = <T>(value: T): T => value;

it('the answers fit', async () => {
  const answers: Answers = [
    same,
    same,
    same,
    same,
    same,
    same,
    same,
    same,
    same,
    same,
    (settings) => ({ ...settings }) as page.SettingsView,
  ];
  expect(answers).toHaveLength(11);
  expect(PAGE_KINDS).toEqual(REQUEST_KINDS);
  const mor = await createMockMor();
  const { dids }: { dids: readonly page.DidView[] } = { dids: mor.dids() };
  const health: page.Health = mor.health();
  expect([dids.length, health.status]).toEqual([2, 'ok']);
});
