/** A run of a Postman collection: as much of Postman as its scripts use, over Node's own fetch. */
import { sha1 } from '../../../src/contract/signed.ts';

interface Pair {
  readonly key: string;
  readonly value: string;
}

interface Event {
  readonly listen: string;
  readonly script: { readonly exec: readonly string[] };
}

interface Body {
  readonly mode: 'raw' | 'urlencoded' | 'formdata';
  readonly raw?: string;
  readonly urlencoded?: readonly Pair[];
  readonly formdata?: readonly Pair[];
}

export interface Item {
  readonly name: string;
  readonly event?: readonly Event[];
  readonly item?: readonly Item[];
  readonly request?: {
    readonly method: string;
    readonly url: { readonly raw: string; readonly query?: readonly Pair[] };
    readonly body?: Body;
  };
}

export interface Collection extends Item {
  readonly info: { readonly name: string; readonly schema: string };
  readonly variable: readonly Pair[];
  readonly item: readonly Item[];
}

/** What a script sends on its own. */
interface SideRequest {
  readonly url: string;
  readonly method: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly body?: { readonly raw: string };
}

/** How a test of the collection ended. */
export interface TestResult {
  readonly name: string;
  readonly failure: string | undefined;
}

/** Runs every request in its order. `variables` go before those of the collection. */
export async function runCollection(collection: Collection, variables: Readonly<Record<string, string>>): Promise<readonly TestResult[]> {
  const values = new Map([...collection.variable.map(({ key, value }) => [key, value] as const), ...Object.entries(variables)]);
  const results: TestResult[] = [];
  for (const item of collection.item.flatMap((entry) => entry.item ?? [entry])) results.push(...(await runItem(item, collection, values)));
  return results;
}

async function runItem({ request, event }: Item, collection: Collection, values: Map<string, string>): Promise<readonly TestResult[]> {
  if (request === undefined) throw new Error('a folder in a folder');
  const filled = (text: string): string => text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values.get(name) ?? whole);
  const side: SideRequest[] = [];
  const pm = {
    request: { url: { query: listOf(request.url.query) }, body: scriptBody(request.body) },
    variables: {
      get: (name: string) => values.get(name),
      set: (name: string, value: string) => values.set(name, value),
      replaceIn: filled,
    },
    sendRequest: (sent: SideRequest) => side.push(sent),
  };
  for (const exec of [...scripts(collection.event, 'prerequest'), ...scripts(event, 'prerequest')]) {
    runScript(exec, pm);
    for (const { url, method, header = {}, body } of side.splice(0)) {
      const answer = await fetch(url, { method, headers: { ...header }, body: body?.raw ?? null });
      if (!answer.ok) throw new Error(`a script was answered ${String(answer.status)}: ${await answer.text()}`);
    }
  }
  const answer = await fetch(filled(request.url.raw), { method: request.method, ...sentBody(request.body, filled) });
  return judged(scripts(event, 'test'), { status: answer.status, headers: answer.headers, text: await answer.text() }, filled);
}

interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

function judged(tests: readonly string[], { status, headers, text }: Response, filled: (text: string) => string): readonly TestResult[] {
  const results: TestResult[] = [];
  const pm = {
    variables: { replaceIn: filled },
    response: {
      text: () => text,
      headers: { get: (name: string) => headers.get(name) },
      to: { have: { status: (expected: number) => expect(status).toBe(expected) } },
    },
    expect: (value: string) => ({
      to: {
        eql: (expected: string) => expect(value).toBe(expected),
        include: (part: string) => expect(value).toContain(part),
        not: { include: (part: string) => expect(value).not.toContain(part) },
      },
    }),
    test: (name: string, body: () => void) => {
      try {
        body();
        results.push({ name, failure: undefined });
      } catch (error) {
        results.push({ name, failure: String(error) });
      }
    },
  };
  for (const exec of tests) runScript(exec, pm);
  return results;
}

function runScript(exec: string, pm: object): void {
  const modules: Readonly<Record<string, unknown>> = { 'crypto-js': { SHA1: sha1 } };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the scripts are run as they stand
  new Function('pm', 'require', exec)(pm, (name: string) => modules[name]);
}

function scripts(events: readonly Event[] = [], listen: string): readonly string[] {
  return events.filter((event) => event.listen === listen).map(({ script }) => script.exec.join('\n'));
}

function listOf(pairs: readonly Pair[] = []): { all(): readonly Pair[] } {
  return { all: () => pairs };
}

/** A body as scripts see it. */
function scriptBody(body: Body | undefined): object | undefined {
  return body && { mode: body.mode, raw: body.raw, urlencoded: listOf(body.urlencoded), formdata: listOf(body.formdata) };
}

function sentBody(body: Body | undefined, filled: (text: string) => string): RequestInit {
  const pairs = (list: readonly Pair[] = []): [string, string][] => list.map(({ key, value }) => [key, filled(value)]);
  switch (body?.mode) {
    case undefined:
      return {};
    case 'raw':
      return { headers: { 'Content-Type': 'application/json' }, body: filled(body.raw ?? '') };
    case 'urlencoded':
      return { body: new URLSearchParams(pairs(body.urlencoded)) };
    case 'formdata': {
      const form = new FormData();
      for (const [name, value] of pairs(body.formdata)) form.append(name, value);
      return { body: form };
    }
  }
}
