/** Replays recorded cases, each against a fresh mock, and holds the whole answer to what is expected. */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { callTexts, buildRequest, worldWith } from '../../src/contract/case-request.ts';
import type { Answer } from '../../src/contract/exchange.ts';
import { bareErrorXml, errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { findText, parseAnswer } from '../../src/contract/parse-answer.ts';
import { didCreate } from '../../src/mor/calls/did-create.ts';
import { parseCases, type Case, type CaseTable, type Expected } from '../../src/contract/table.ts';
import { xmlAnswer } from '../support/expected-answer.ts';
import { realMock, sendTo, type ListeningMock } from './shadowed.ts';

/** A recorded file. */
export function recordedTable(path: string): CaseTable {
  const table = parseCases(readFileSync(path, 'utf8'), path);
  expect(Object.keys(table.cases)).toEqual(['recorded']);
  return table;
}

/** The titles of the cases that do not come to what they expect, each in a world of its own. */
export async function failedIn(path: string, mor?: ListeningMock): Promise<readonly string[]> {
  const table = recordedTable(path);
  const fresh = mor ?? (await realMock({}));
  const failed: string[] = [];
  for (const one of table.cases['recorded'] ?? []) if (!(await isMet(table, one, fresh))) failed.push(one.title);
  return failed;
}

async function isMet(table: CaseTable, { given, send, expect: expected }: Case, mor: ListeningMock): Promise<boolean> {
  mor.replaceFixtures(worldWith(table.world, given));
  return isExpected(await sendTo(mor.url, buildRequest(callTexts(didCreate, table.request, send), send)), expected, send?.method);
}

/** Whether an answer is, to the last byte, what is expected. */
export function isExpected(answer: Answer, expected: Expected, method?: string): boolean {
  const isOurs = method === 'HEAD' ? answer.body === '' : answer.body.startsWith('mock-mor: ');
  if (expected.plain === true) return answer.status >= 400 && answer.status < 500 && isOurs;
  return isDeepStrictEqual(answer, wholeAnswer(expected, answer));
}

function wholeAnswer({ success, error = '', bare, type, disposition }: Expected, got: Answer): Answer {
  const { id, did } = success === true || success === undefined ? { id: '*', did: undefined } : success;
  const answered = findText(parseAnswer(got.body)?.content ?? [], 'id');
  const body =
    success === undefined
      ? (bare === true ? bareErrorXml : errorXml)(error)
      : successXml(Number(id === '*' ? answered : id), typeof did === 'string' ? did : undefined);
  return { ...xmlAnswer(body), ...(type === undefined ? {} : { type }), disposition };
}
