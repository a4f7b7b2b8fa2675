/** A mock as the target: each case gets its world, in a sandbox of the run's own, so that nothing else on the mock is touched. */
import { randomBytes } from 'node:crypto';
import type { Difference } from '../contract/compare.ts';
import { compareCreated, compareEffect, type RecordRow as Row, type WorldRows } from '../contract/effect.ts';
import type { Answer } from '../contract/exchange.ts';
import { callTexts, buildRequest, worldWith } from '../contract/case-request.ts';
import { caseSteps, type RuledCase } from '../contract/table.ts';
import { SANDBOX_PREFIX } from '../control/control.ts';
import { MockMorError } from '../problems.ts';
import type { Client } from './client.ts';
import { calledBy, getTable, type ReadyStep, type Tables, type Target } from './target.ts';

const NEEDS_PROFILE = 'To run against a real server give --profile FILE.';

export class MockTarget implements Target {
  readonly kind = 'mock';
  readonly #client: Client;
  readonly #tables: Tables;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #sandbox = `verify-${randomBytes(4).toString('hex')}`;
  /** The settings of the case at its start, with the next ids. */
  #settings: Row = {};

  private constructor(client: Client, tables: Tables, adminToken: string | undefined) {
    this.#client = client;
    this.#tables = tables;
    this.#headers = adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` };
  }

  /** @throws MockMorError `TARGET_UNUSABLE` where no mock answers there, or it makes no sandbox */
  static async open(client: Client, tables: Tables, adminToken: string | undefined): Promise<MockTarget> {
    const target = new MockTarget(client, tables, adminToken);
    const made = (await target.#admin('POST', '/sandboxes', { name: target.#sandbox })) as { readonly base_url?: unknown } | null;
    // Anything may answer JSON here. What knows no sandboxes must not be sent the calls.
    if (typeof made?.base_url !== 'string' || !made.base_url.endsWith(`${SANDBOX_PREFIX}${target.#sandbox}`))
      throw new MockMorError('TARGET_UNUSABLE', `POST /__admin/sandboxes was not answered as mock-mor does. ${NEEDS_PROFILE}`);
    return target;
  }

  async prepare({ call, one }: RuledCase): Promise<readonly ReadyStep[]> {
    const { world, request } = getTable(this.#tables, call);
    await this.#inSandbox('PUT', '/fixtures', worldWith(world, one.given));
    this.#settings = await this.#readSettings();
    return caseSteps(one).map(({ send, expect }) => {
      const sent = calledBy(call, send);
      return { request: buildRequest(callTexts(sent, request, send), send), expected: expect, call: sent };
    });
  }

  send({ request }: ReadyStep, signal: AbortSignal): Promise<Answer> {
    return this.#client.send(request, { headers: this.#sandboxHeader, signal });
  }

  async effect({ call, one }: RuledCase): Promise<readonly Difference[]> {
    const successes = caseSteps(one).filter(({ expect }) => expect.success !== undefined);
    const { dids } = (await this.#inSandbox('GET', '/dids?limit=1000')) as Pick<WorldRows, 'dids'>;
    const { users } = (await this.#inSandbox('GET', '/users')) as Pick<WorldRows, 'users'>;
    const { devices } = (await this.#inSandbox('GET', '/devices')) as Pick<WorldRows, 'devices'>;
    const after = { dids, users, devices, settings: await this.#readSettings() };
    const created = successes.map(({ send }) => getTable(this.#tables, calledBy(call, send)).each_success);
    return [...compareEffect(successes, after), ...compareCreated(created, this.#settings, after)];
  }

  async close(): Promise<void> {
    await this.#admin('DELETE', `/sandboxes/${this.#sandbox}`);
  }

  get #sandboxHeader(): Readonly<Record<string, string>> {
    return { 'x-mock-mor-sandbox': this.#sandbox };
  }

  async #readSettings(): Promise<Row> {
    return (await this.#inSandbox('GET', '/settings')) as Row;
  }

  #inSandbox(method: string, path: string, body?: object): Promise<unknown> {
    return this.#admin(method, path, body, this.#sandboxHeader);
  }

  async #admin(method: string, path: string, body?: object, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const json = body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' };
    const call = { method, path: `/__admin${path.split('?')[0] ?? ''}`, query: path.split('?')[1], ...json };
    const answer = await this.#client.send(call, { headers: { ...this.#headers, ...headers } });
    if (answer.status >= 200 && answer.status < 300 && /^application\/json/.test(answer.type ?? '')) return JSON.parse(answer.body);
    throw new MockMorError('TARGET_UNUSABLE', `${method} /__admin${path} was answered ${reasonIn(answer)}`);
  }
}

/** What a mock says against a request of the admin API, or that there is no mock. */
function reasonIn({ status, type, body }: Answer): string {
  if (!/^application\/(?:problem\+)?json/.test(type ?? '')) {
    return `with status ${String(status)}: no mock-mor with its admin API is there. ${NEEDS_PROFILE}`;
  }
  const { detail = body.slice(0, 200) } = JSON.parse(body) as { readonly detail?: string };
  const token = status === 401 ? ' Here the token comes from the variable MOCK_MOR_ADMIN_TOKEN.' : '';
  return `with status ${String(status)}: ${detail}.${token}`;
}
