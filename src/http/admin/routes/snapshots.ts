import { parseRecord } from '../../../loader/validate-input.ts';
import { bodyValue, row, type AdminRoute } from '../route.ts';
import { snapshotInputSchema, snapshotSchema, snapshotsSchema } from '../schemas.ts';

/** Named moments of a world. */
export const SNAPSHOT_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'GET',
    path: '/snapshots',
    about: 'the snapshots, the oldest first',
    status: 200,
    answer: snapshotsSchema,
    problems: [],
    run: ({ control }) => ({ snapshots: control.snapshots() }),
  }),
  row({
    method: 'POST',
    path: '/snapshots',
    about: 'keep the DIDs, the id sequence and the settings under a name, in constant time',
    body: snapshotInputSchema,
    status: 201,
    answer: snapshotSchema,
    problems: ['RECORD_INVALID', 'SNAPSHOT_EXISTS'],
    run: ({ control, body }) => control.takeSnapshot(parseRecord(snapshotInputSchema, bodyValue(body), 'The snapshot').name),
  }),
  row({
    method: 'POST',
    path: '/snapshots/:name/restore',
    about: 'put them back as they were, in constant time; journal and faults stay',
    status: 200,
    answer: snapshotSchema,
    problems: ['NOT_FOUND'],
    run: ({ control, name }) => control.restoreSnapshot(name),
  }),
  row({
    method: 'DELETE',
    path: '/snapshots/:name',
    about: 'forget a snapshot',
    status: 200,
    answer: snapshotSchema,
    problems: ['NOT_FOUND'],
    run: ({ control, name }) => control.deleteSnapshot(name),
  }),
];
