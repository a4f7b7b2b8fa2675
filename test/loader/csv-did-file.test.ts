import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { readFixtures } from '../../src/loader/load.ts';
import { createMockMor, type DidView, type FixturesInput, type MockMor } from '../../src/index.ts';
import { ATTRIBUTES } from '../support/did-factory.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-lists-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const WORLD = 'users: [{ id: 5, username: reseller, type: reseller }]\nproviders: [{ id: 1 }, { id: 2 }]\n';

/** A mock over a list that a fixture names. */
async function mockOver(csv: string | Buffer, named = 'dids_from: n.csv'): Promise<MockMor> {
  writeFileSync(join(folder, 'n.csv'), csv);
  writeFileSync(join(folder, 'w.yaml'), `${WORLD}${named}\n`);
  // Some numbers here are such that a warning is logged.
  return createMockMor({ fixtures: join(folder, 'w.yaml'), log: () => undefined });
}

const view = (id: number, did: string, more: Partial<DidView> = {}): DidView => ({
  ...ATTRIBUTES,
  id,
  did,
  stored_status: more.status ?? ATTRIBUTES.status,
  created: false,
  changed: false,
  mark: null,
  ...more,
});

describe('a list', () => {
  test.each([
    ['with line feeds', 'did,provider_id\n007,1\n7,2\n'],
    ['without a line end behind the last row', 'did,provider_id\n007,1\n7,2'],
    ['with carriage returns', 'did,provider_id\r\n007,1\r\n7,2\r\n'],
    ['with a carriage return at its very end', 'did,provider_id\n007,1\n7,2\r'],
    ['with a byte order mark', '\uFEFFdid,provider_id\n007,1\n7,2\n'],
    ['with blank lines', '\n\ndid,provider_id\n\n007,1\r\n\r\n7,2\n\n\n'],
    ['all in quotes', '"did","provider_id"\n"007","1"\n"7","2"\n'],
    ['of other order, and of empty columns', 'comment,provider_id,id,did,status\n,1,,007,\n,2,,7,""\n'],
  ])('%s', async (_, csv) => {
    expect((await mockOver(csv)).dids()).toEqual([view(1, '007'), view(2, '7', { provider_id: 2 })]);
  });

  test('says all that a row can say', async () => {
    const mor = await mockOver(
      'id,did,provider_id,reseller_id,status,custom_sip_header,comment,reseller_comment\n70,0037,2,5,active,"X: ""y""",a,b\n60,+37,1,0,closed,,,\n',
    );
    expect(mor.dids()).toEqual([
      view(60, '+37', { status: 'closed' }),
      view(70, '0037', {
        provider_id: 2,
        reseller_id: 5,
        status: 'active',
        custom_sip_header: 'X: "y"',
        comment: 'a',
        reseller_comment: 'b',
      }),
    ]);
    expect([mor.dids({ did: '0037' })[0]?.id, mor.did(60).did, mor.settings().next_did_id]).toEqual([70, '+37', 71]);
  });

  test('of no rows', async () => {
    expect((await mockOver('did,provider_id\n')).countDids()).toBe(0);
  });

  test('what its rows leave out stands beside it, or is the default of a row', async () => {
    const named = 'dids_from: [{ file: n.csv, provider_id: 2, reseller_id: 5, status: active, comment: beside }]';
    const beside = { provider_id: 2, reseller_id: 5, status: 'active', comment: 'beside' } as const;
    const mor = await mockOver('did,status,provider_id\n1,,\n2,closed,1\n', named);
    expect(mor.dids()).toEqual([view(1, '1', beside), view(2, '2', { ...beside, provider_id: 1, status: 'closed' })]);
  });

  test('ids left out follow the highest one written, those of dids first, then list by list', async () => {
    writeFileSync(join(folder, 'm.csv'), 'did,provider_id,id\n30,1,\n31,1,40\n');
    const mor = await mockOver(
      'did\n20\n21',
      'dids_from: [m.csv, { file: n.csv, provider_id: 1 }]\ndids: [{ from: 10, to: 12, provider_id: 1 }]',
    );
    expect(mor.dids().map(({ id, did }) => `${String(id)}:${did}`)).toEqual([
      '40:31',
      '41:10',
      '42:11',
      '43:12',
      '44:30',
      '45:20',
      '46:21',
    ]);
  });

  test('many kinds of rows are kept apart', async () => {
    const kind = (i: number): number => (i * 7919) % 300;
    const rows = Array.from(
      { length: 2000 },
      (_, i) => `${String(1000 + i)},${String(1 + (i % 2))},c${String(kind(i))}`,
    );
    const mor = await mockOver(`did,provider_id,comment\n${rows.join('\n')}`);
    expect(mor.dids()).toEqual(
      rows.map((_, i) => view(i + 1, String(1000 + i), { provider_id: 1 + (i % 2), comment: `c${String(kind(i))}` })),
    );
  });

  test('is written out as YAML that loads to the same world', async () => {
    const mor = await mockOver(
      'did,provider_id,comment\n0037,1,"two\nlines"\n37,2,# no remark\n',
      'dids_from: n.csv\ndids: [{ from: 10, to: 19, provider_id: 1 }]',
    );
    const twin = await createMockMor({ fixtures: {} });
    twin.replaceFixtures(mor.fixtures());
    expect(twin.dids()).toEqual(mor.dids());
  });

  test('named by an object: the path starts from the working directory', async () => {
    writeFileSync(join(folder, 'n.csv'), 'did\n37');
    const file = relative(process.cwd(), join(folder, 'n.csv'));
    const fixtures: FixturesInput = { providers: [{ id: 1 }], dids_from: { file, provider_id: 1 } };
    const mor = await createMockMor({ fixtures });
    mor.replaceFixtures(fixtures);
    expect(mor.dids()).toEqual([view(1, '37')]);
  });

  test('is read again on a reload, and a bad one keeps the last good world', async () => {
    const mor = await mockOver('did,provider_id\n1,1\n');
    writeFileSync(join(folder, 'n.csv'), 'did,provider_id\n1,1\n2,1\n');
    expect(mor.reloadFixtures().dids).toBe(2);
    writeFileSync(join(folder, 'n.csv'), 'did,provider_id\n1,1\n1,1\n');
    expect(() => mor.reloadFixtures()).toThrow('n.csv:3 did: the number "1" is there already');
    expect([mor.countDids(), mor.health().status]).toEqual([2, 'stale']);
  });
});

test('a hundred thousand numbers of few kinds', () => {
  const rows = Array.from({ length: 100_000 }, (_, i) => `${String(i)},${String(1 + (i % 2))},c\n`).join('');
  writeFileSync(join(folder, 'n.csv'), `did,provider_id,comment\n${rows}`);
  writeFileSync(join(folder, 'w.yaml'), `${WORLD}dids_from: n.csv\n`);
  const { dids, ranges } = readFixtures(join(folder, 'w.yaml'));
  expect([dids.length, ranges]).toEqual([100_000, []]);
  expect(dids.at(-1)).toEqual({ ...ATTRIBUTES, id: 100_000, did: '99999', provider_id: 2, comment: 'c' });
});

test('a world that is too large to be read again is not written as YAML', async () => {
  const mor = await mockOver(
    `did,provider_id\n${Array.from({ length: 120_001 }, (_, i) => `${String(2 * i)},1\n`).join('')}`,
  );
  expect(() => mor.fixtures()).toThrow(
    expect.objectContaining({ code: 'WORLD_TOO_LARGE', message: expect.stringContaining('more than 120000') }),
  );
  mor.deleteDid(1);
  expect(mor.fixtures().split('\n').length).toBeGreaterThan(120_000);
});

/** A text as a cell: in quotes where it must be. */
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

test('texts are kept character for character', async () => {
  const text = fc.oneof(
    fc.constantFrom(
      '0037',
      '1e5',
      'null',
      '~',
      'yes',
      '"',
      "'",
      ' a ',
      '\t',
      ',',
      '\n',
      '\r\n',
      '\r',
      'é',
      '😀',
      '\uFEFF',
      '\u2028',
      '# a',
      '=1+1',
      '""',
    ),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
  );
  const texts = fc.array(
    text.map((value) => value.replaceAll('\0', '')),
    { minLength: 1, maxLength: 20 },
  );
  await fc.assert(
    fc.asyncProperty(texts, async (comments) => {
      const rows = comments.map((comment, i) => `${String(i)},1,${cell(comment)}\n`);
      const mor = await mockOver(`did,provider_id,comment\n${rows.join('')}`);
      expect(mor.dids().map(({ comment }) => comment)).toEqual(comments);
    }),
    { numRuns: 100 },
  );
});

test('any numbers are found by number and by id, and no others are', async () => {
  const number = fc.oneof(
    fc.stringMatching(/^[0-9]{1,3}$/),
    fc.stringMatching(/^[0-9]{14,18}$/),
    fc.stringMatching(/^[+a-c][0-9]{0,2}$/),
  );
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(number, { minLength: 2, maxLength: 60 }), async ([absent = '', ...numbers]) => {
      const mor = await mockOver(`did,provider_id\n${numbers.map((did) => `${did},1\n`).join('')}`);
      expect(mor.dids({ did: absent })).toEqual([]);
      for (const [i, did] of numbers.entries()) {
        expect(mor.dids({ did })).toEqual([view(i + 1, did)]);
        expect(mor.did(i + 1).did).toBe(did);
      }
    }),
    { numRuns: 100 },
  );
});
