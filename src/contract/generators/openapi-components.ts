/** The parts of the OpenAPI description that its paths refer to. */
import { parseContentType } from '../../http/content-type.ts';
import { VENDOR_PROBLEMS } from '../../http/vendor-router.ts';
import { ANSWER_HEADERS } from '../../wire/render-xml.ts';
import type { Call, CallParam, Method } from '../../mor/define-call.ts';
import { MOR_ERRORS } from '../../mor/errors.ts';
import { PROBLEMS } from '../../problems.ts';
import type { ParamTexts } from '../signed.ts';
import { buildExamples, buildAnswerSchemas } from './answers.ts';
import { getValidCall, describeParam, type DescribedApi } from './described-api.ts';

type Json = Readonly<Record<string, unknown>>;

/** A value in a JSON body. */
const JSON_VALUE = { type: ['string', 'number', 'boolean', 'null'] };

/** Every component, of all calls. */
export function components(api: DescribedApi): Json {
  const parts = api.calls.map((call) => componentsOf(call, getValidCall(api, call)));
  const all = (kind: keyof (typeof parts)[number]): Json => Object.assign({}, ...parts.map((part) => part[kind])) as Json;
  return {
    parameters: all('parameters'),
    requestBodies: all('requestBodies'),
    responses: { ...all('responses'), ...Object.fromEntries(refusedStatuses().map((status) => [refusedName(status), refusal(status)])) },
    schemas: {
      ...all('schemas'),
      json_value: JSON_VALUE,
      refusal: { type: 'string', pattern: '^mock-mor: ', description: 'One line of the mock: what is wrong with the request.' },
    },
    examples: all('examples'),
    headers: all('headers'),
  };
}

/** The statuses of our own refusals, in their order. */
export function refusedStatuses(): readonly number[] {
  return [...new Set(VENDOR_PROBLEMS.map((code) => PROBLEMS[code].status))].toSorted((a, b) => a - b);
}

/** The name of the response of a refusal. */
export function refusedName(status: number): string {
  return `refused_${String(status)}`;
}

/** The media types of answers: the same XML under two labels. */
function answerTypes(): readonly string[] {
  return [...new Set(Object.values(ANSWER_HEADERS).flatMap((headers) => parseContentType(headers['Content-Type'])?.type ?? []))];
}

function dispositions(): readonly string[] {
  return Object.values(ANSWER_HEADERS).flatMap((headers) => ('Content-Disposition' in headers ? headers['Content-Disposition'] : []));
}

/** The name of a query parameter. What is needed stands in the query of a GET, which has no body; on a POST it may stand in either. */
export function parameterName(call: Call, { name, required }: CallParam, method: Method): string {
  return `${call.name}.${name}${method === 'GET' && required === 'always' ? '.required' : ''}`;
}

function orderInWords({ success, errors }: Call): string {
  const rows = errors.map((name, i) => `${String(i + 1)}. \`${MOR_ERRORS[name].text}\`: ${MOR_ERRORS[name].description}`);
  return `\`${success}\`, or exactly one error: that of the first check that fails, in this order.\n\n${rows.join('\n')}\n`;
}

function componentsOf(
  call: Call,
  good: ParamTexts,
): Readonly<Record<'parameters' | 'requestBodies' | 'responses' | 'schemas' | 'examples' | 'headers', Json>> {
  const { name, params } = call;
  const examples = buildExamples(call, good);
  const answers = buildAnswerSchemas(call);
  const named = (entries: Json): Json => Object.fromEntries(Object.entries(entries).map(([key, value]) => [`${name}.${key}`, value]));
  return {
    parameters: Object.fromEntries(params.flatMap((param) => queryParameters(call, param, good))),
    requestBodies: { [name]: requestBody(call, good) },
    responses: { [name]: answer(call, Object.keys(examples)) },
    schemas: named({
      params: { type: 'object', properties: paramProperties(params, { type: 'string' }) },
      json_params: { type: 'object', properties: paramProperties(params, ref('schemas', 'json_value')) },
      // As an object an error right below <page> is the same as a bare one: the name of the root is not in it.
      answer: { [call.errorFrame === 'page' ? 'anyOf' : 'oneOf']: Object.keys(answers).map((form) => ref('schemas', `${name}.${form}`)) },
      ...answers,
    }),
    examples: named(examples),
    headers: {
      'Content-Disposition': {
        description: 'Only under the settings response_type: attachment_xml and attachment_html.',
        schema: { type: 'string', enum: dispositions() },
      },
      'X-Mock-Mor-Request-Id': {
        description: "The mock's own: names the request in its journal. No MOR has it.",
        schema: { type: 'string' },
        example: '7',
      },
    },
  };
}

function queryParameters(call: Call, param: CallParam, good: ParamTexts): readonly (readonly [name: string, parameter: Json])[] {
  const example = good[param.name];
  const parameter = {
    name: param.name,
    in: 'query',
    description: describeParam(param),
    required: false,
    schema: { type: 'string' },
    ...(example === undefined ? {} : { example }),
  };
  const optional = [`${call.name}.${param.name}`, parameter] as const;
  return param.required === 'always' ? [optional, [`${optional[0]}.required`, { ...parameter, required: true }]] : [optional];
}

function paramProperties(params: readonly CallParam[], value: Json): Json {
  return Object.fromEntries(params.map((param) => [param.name, { ...value, description: describeParam(param) }]));
}

function requestBody({ name }: Call, good: ParamTexts): Json {
  const media = (schema: string): Json => ({
    schema: ref('schemas', `${name}.${schema}`),
    ...(Object.keys(good).length === 0 ? {} : { example: good }),
  });
  return {
    required: false,
    description: 'The parameters, unless they stand in the query. In JSON numbers and booleans count as their text, and null as not sent.',
    content: {
      'application/x-www-form-urlencoded': media('params'),
      'multipart/form-data': media('params'),
      'application/json': media('json_params'),
    },
  };
}

function answer(call: Call, examples: readonly string[]): Json {
  const { name } = call;
  const shown = Object.fromEntries(examples.map((example) => [example, ref('examples', `${name}.${example}`)]));
  return {
    description: orderInWords(call),
    headers: {
      'Content-Disposition': ref('headers', 'Content-Disposition'),
      'X-Mock-Mor-Request-Id': ref('headers', 'X-Mock-Mor-Request-Id'),
    },
    content: Object.fromEntries(answerTypes().map((type) => [type, { schema: ref('schemas', `${name}.answer`), examples: shown }])),
  };
}

function refusal(status: number): Json {
  const codes = VENDOR_PROBLEMS.filter((code) => PROBLEMS[code].status === status);
  return {
    description: `No answer of MOR's, but the mock's own: ${codes.map((code) => `${code}: ${PROBLEMS[code].title}`).join('; ')}`,
    content: {
      'text/plain': {
        schema: ref('schemas', 'refusal'),
        examples: Object.fromEntries(codes.map((code) => [code, { value: `mock-mor: ${PROBLEMS[code].title}\n` }])),
      },
    },
  };
}

/** A reference to a component. */
export function ref(kind: string, name: string): Json {
  return { $ref: `#/components/${kind}/${name}` };
}
