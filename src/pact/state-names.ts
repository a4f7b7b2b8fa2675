/** Which state is meant by a name in a pact. */
import type { FixturesInput } from '../fixtures/schema.ts';
import type { MockMorSandbox } from '../mock-mor.ts';
import { quote, quoteIfHidden } from '../mor/quote.ts';
import { didYouMean } from '../near-miss.ts';
import { invalidOption } from '../problems.ts';
import { READY_STATES, worldOfFiles, type PactParams } from './ready-states.ts';

/** What a state of your own is: fixtures (a path, or an object of their shape), or what is to be done to the sandbox of the interaction. */
export type PactWorld = string | FixturesInput | ((mor: MockMorSandbox, params: PactParams) => void | Promise<void>);

/** Your own states by name; `{x}` in a name stands for a value. They go before the ready ones. */
export type PactWorlds = Readonly<Record<string, PactWorld>>;

type SetUp = (mor: MockMorSandbox, params: unknown) => void | Promise<void>;

/** How the state of this name is set up. It fails where no state has the name. */
export function stateNamed(name: string, worlds: PactWorlds): SetUp {
  // What the verifier calls an interaction without states.
  if (name === '') return () => undefined;
  const own = Object.entries(worlds).map(([template, world]) => ({
    template,
    setUp: (mor: MockMorSandbox, params: PactParams) => setUpWorld(mor, world, params),
  }));
  const ready = READY_STATES.flatMap(({ name: plain, inWords, setUp }) =>
    [plain, ...(inWords === undefined ? [] : [inWords])].map((template) => ({ template, setUp })),
  );
  for (const { template, setUp } of [...own, ...ready]) {
    const values = valuesIn(name, template);
    if (values !== undefined) return (mor, params) => setUp(mor, joined(values, paramsOf(params)));
  }
  const known = [...own, ...ready].map(({ template }) => template);
  throw invalidOption(
    `there is no such state.${didYouMean(name, known)} There are: ${known.map((template) => quote(template, { maxLength: 200 })).join(', ')}`,
  );
}

function setUpWorld(mor: MockMorSandbox, world: PactWorld, params: PactParams): void | Promise<void> {
  if (typeof world === 'function') return world(mor, params);
  mor.replaceFixtures(typeof world === 'string' ? worldOfFiles(world) : world);
}

/** The values of a state. One that stands in its name and comes as a parameter must be the same. */
function joined(values: PactParams, params: PactParams): PactParams {
  const twice = Object.entries(values).find(([key, text]) => key in params && JSON.stringify(params[key]) !== text && params[key] !== text);
  if (twice === undefined) return { ...values, ...params };
  const [key, text] = twice;
  const other = params[key];
  const shown = typeof other === 'string' ? quote(other) : JSON.stringify(other);
  throw invalidOption(`its name says ${key} ${quoteIfHidden(String(text))}, its parameter ${shown}`);
}

/** The values that stand in a name in the places of a template's `{x}`, none where it is the template itself; undefined where the name is another. */
function valuesIn(name: string, template: string): PactParams | undefined {
  if (name === template) return {};
  const names = Array.from(template.matchAll(/\{(\w+)\}/g), ([, placeholder = '']) => placeholder);
  const pattern = template
    .split(/\{\w+\}/)
    .map(escaped)
    .join('(.+)');
  const match = new RegExp(`^${pattern}$`, 's').exec(name);
  return match === null ? undefined : Object.fromEntries(names.map((placeholder, i) => [placeholder, match[i + 1]]));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function paramsOf(params: unknown): PactParams {
  return typeof params === 'object' && params !== null ? (params as PactParams) : {};
}
