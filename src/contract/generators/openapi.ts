/** MOR's calls as OpenAPI 3.1, for tools that mock, check or generate clients: Prism, Schemathesis and their like. */
import { stringify } from 'yaml';
import { SANDBOX_PREFIX } from '../../control/control.ts';
import { SANDBOX_HEADER } from '../../http/choose-sandbox.ts';
import { API_PATHS } from '../../http/vendor-path.ts';
import type { Call, Method } from '../../mor/define-call.ts';
import { GENERATED_NOTICE, type DescribedApi } from './described-api.ts';
import { components, parameterName, ref, refusedName, refusedStatuses } from './openapi-components.ts';

type Json = Readonly<Record<string, unknown>>;

const ABOUT = [
  "What MOR's API takes and answers, as mock-mor imitates it. All that MOR says, it says with the status 200: read the XML.",
  'Every request that MOR does what it is asked for is valid by this description, but for oddities: JSON that is no object, lists and maps where a text belongs, a `;` between the parameters of a query, a body of a type that is not read next to a query. Many that MOR refuses are valid too, for their answer is as much a part of the contract. Parameters may stand in the query, in the body, or in both; then the query wins. So on a POST none of them is marked as required here, and its description says whether MOR needs it.',
  'The hash is a parameter that no tool can guess: give yours a hook that makes it, or set disable_hash_checking in the fixtures of the mock.',
  `On a mock with sandboxes ${SANDBOX_PREFIX}NAME in front of the path, or the header ${SANDBOX_HEADER}, chooses one.`,
].join('\n\n');

/** The description as YAML. */
export function openApiText(api: DescribedApi): string {
  return `# ${GENERATED_NOTICE}\n${stringify(openApiDocument(api), { lineWidth: 140, aliasDuplicateObjects: false })}`;
}

function openApiDocument(api: DescribedApi): Json {
  const { version, calls } = api;
  const paths = API_PATHS.flatMap((folder) => calls.map((call) => [`${folder}/${call.name}`, pathItem(call, folder)]));
  return {
    openapi: '3.1.0',
    info: { title: "MOR's API as mock-mor imitates it", version, description: ABOUT },
    servers: [{ url: 'http://127.0.0.1:8080', description: 'a mock as it starts; name your own to your tool' }],
    paths: Object.fromEntries(paths) as Json,
    components: components(api),
  };
}

function pathItem(call: Call, folder: string): Json {
  return {
    get: operation(call, 'GET', folder),
    post: { ...operation(call, 'POST', folder), requestBody: ref('requestBodies', call.name) },
  };
}

function operation(call: Call, method: Method, folder: string): Json {
  return {
    operationId: [folder.slice(1).replaceAll('/', '_'), call.name, method.toLowerCase()].join('_'),
    summary: `${call.name} ${call.summary}${method === 'GET' ? '; only where Allow GET API is on' : ''}`,
    parameters: call.params.map((param) => ref('parameters', parameterName(call, param, method))),
    responses: {
      200: ref('responses', call.name),
      ...Object.fromEntries(refusedStatuses().map((status) => [status, ref('responses', refusedName(status))])),
    },
  };
}
