import { performance } from 'node:perf_hooks';
import type { ErrorRequestHandler, IRouter, Request, RequestHandler, Response } from 'express';
import type { CallRequest, Decision, DecisionReason, Method } from '../mor/define-call.ts';
import { formatOutcome } from '../explain/trace.ts';
import { ACTION, findCall, getCurrentName } from '../mor/calls/index.ts';
import { findUserNamedByU } from '../mor/checks/caller.ts';
import { getString, type Params } from '../mor/params.ts';
import { knownSecrets, redactCall, redactText } from '../mor/redact.ts';
import { errorReply, USUAL_ERRORS, type Reply } from '../mor/reply.ts';
import { quote } from '../mor/quote.ts';
import type { StateChange } from '../mor/state.ts';
import { MockMorError, type ProblemCode } from '../problems.ts';
import { decideCall } from '../control/decide-call.ts';
import { requestSecrets } from '../control/request-secrets.ts';
import { formatRequestId } from '../control/request-view.ts';
import { faultText, type ArmedFault } from '../world/faults.ts';
import type { JournalEntry } from '../world/journal.ts';
import type { World } from '../world/world.ts';
import { answerUnder, deliver, forcedError, isCarriedOut, pause, type Answer } from './fault-effects.ts';
import { send } from './plain-answers.ts';
import { getBody, readBody } from './read-body.ts';
import { readParams, type ReadParams } from './read-params.ts';
import { callNameInVendorPath, decodedName, VENDOR_PATH } from './vendor-path.ts';
import { ANSWER_HEADERS, renderXml, startXml } from '../wire/render-xml.ts';
import { streamAnswer } from './stream-answer.ts';

/** What we say ourselves to a GET or POST of a call, as a plain 4xx: no error of MOR's can be meant. */
export const VENDOR_PROBLEMS = [
  'BODY_INVALID',
  'BODY_TOO_LARGE',
  'BODY_UNSUPPORTED',
  'NO_ID_LEFT',
  'PARAMETERS_TOO_MANY',
  'PATH_INVALID',
  'QUERY_INVALID',
  'RESET_MEANWHILE',
  'SANDBOX_EXPIRED',
  'SANDBOX_INVALID',
  'SANDBOX_LIMIT',
  'SANDBOX_NESTED',
  'SANDBOX_UNKNOWN',
] as const satisfies readonly ProblemCode[];

export interface VendorOptions {
  /** Largest body, in bytes. */
  readonly maxBodyBytes: number;
  /** Largest number of parameters. */
  readonly maxParameters: number;
  /** Whether answers carry `X-Mock-Mor-Request-Id`. */
  readonly requestIds: boolean;
  /** Called once for each request, when its answer is out or its client is gone: all is known of it by then. */
  readonly onEnd: RequestEnd;
}

/** Called when a request has ended, with the parameters that took part if they could be read. Log, metrics and coverage depend on this alone. */
export type RequestEnd = (entry: JournalEntry, sandbox: World, params: Params | undefined) => void;

/** What one request carries through the steps. */
interface Exchange {
  readonly sandbox: World;
  readonly entry: JournalEntry;
  /** The state's epoch when the request arrived. */
  readonly epoch: number;
  /** The journal's generation then. */
  readonly generation: number;
  /** By the clock of `performance.now`. */
  readonly startedAt: number;
  /** What the answer's `X-Mock-Mor-Request-Id` says while the journal counts on; undefined where it carries none. */
  readonly requestId: string | undefined;
  /** Undefined until they were read. */
  params: Params | undefined;
}

/** Where a response has its exchange: set on arrival, read by the later steps. */
const EXCHANGE = Symbol('exchange');

type Exchanging = Response & { [EXCHANGE]?: Exchange };

/** How many characters of an answer are kept in the journal, or a few more; a longer one is streamed. */
const MAX_KEPT_BODY = 65_536;

const REQUEST_ID_HEADER = 'X-Mock-Mor-Request-Id';

/** MOR's own paths, in one sandbox a request. */
export function addVendorRoutes(app: IRouter, sandboxOf: (req: Request) => World, options: VendorOptions): void {
  app.all(
    VENDOR_PATH,
    arrive(sandboxOf, options),
    readBody(options.maxBodyBytes, 'allow more with --max-body-bytes'),
    answerCall(options.maxParameters),
  );
  app.use(refusedInJournal);
}

/** Writes the request down, whatever its method, and lets those of MOR's pass. */
function arrive(sandboxOf: (req: Request) => World, { requestIds, onEnd }: VendorOptions): RequestHandler {
  function end(this: Exchanging): void {
    const { sandbox, entry, startedAt, params } = exchangeOf(this);
    // Node 24 and later tell an answer that was never begun twice.
    if (entry.state !== 'pending') return;
    entry.durationUs = Math.round((performance.now() - startedAt) * 1000);
    const { socket } = this.req;
    // Of an answer that was still to be read when its connection broke Node says that it is written, too.
    const isOut = this.writableFinished && !(socket.destroyed && !socket.writableFinished);
    entry.state = isOut ? 'completed' : 'aborted';
    if (isOut) entry.status = this.statusCode;
    sandbox.journal.changed(entry);
    onEnd(entry, sandbox, params);
  }
  return (req, res: Exchanging, next) => {
    const sandbox = sandboxOf(req);
    const { journal, store, name } = sandbox;
    const { method, path, rawHeaders } = req;
    const sentName = callOf(path);
    const call = getCurrentName(sentName);
    const oldCallName = call === sentName ? undefined : sentName;
    const entry = journal.open({ at: Date.now(), method, path, call, oldCallName, rawHeaders });
    const requestId = requestIds ? formatRequestId(name, entry.number) : undefined;
    res[EXCHANGE] = {
      sandbox,
      entry,
      epoch: store.epoch,
      generation: journal.generation,
      startedAt: performance.now(),
      requestId,
      params: undefined,
    };
    res.on('close', end);
    if (req.method !== 'GET' && req.method !== 'POST') {
      res.setHeader('Allow', 'GET, POST');
      throw new MockMorError('METHOD_NOT_ALLOWED', `MOR's API knows GET and POST, not ${req.method}`);
    }
    next();
  };
}

function callOf(path: string): string {
  const name = callNameInVendorPath(path);
  const decoded = decodedName(name);
  if (decoded !== undefined) return decoded;
  throw new MockMorError(
    'PATH_INVALID',
    `the path has a percent-encoding that is broken or no UTF-8, in ${quote(redactCall(name, knownSecrets([])), { maxLength: 80 })}`,
  );
}

/** The journal entry of a request, and its world; undefined for a request that no journal has, so that the log will not have it either. */
export function journaled(res: Exchanging): { readonly entry: JournalEntry; readonly sandbox: World } | undefined {
  return res[EXCHANGE];
}

function exchangeOf(res: Exchanging): Exchange {
  const exchange = res[EXCHANGE];
  if (exchange === undefined) throw new Error('a request was answered that never arrived');
  return exchange;
}

/** Answers at once wherever it can: a wait, however short, costs every call. */
function answerCall(most: number): RequestHandler {
  return (req, res) => {
    const queryAt = req.url.indexOf('?');
    const read = readParams({
      query: queryAt < 0 ? '' : req.url.slice(queryAt + 1),
      body: getBody(req),
      contentType: req.headers['content-type'],
      most,
    });
    return read instanceof Promise ? read.then((params) => answerParams(params, req, res)) : answerParams(read, req, res);
  };
}

function answerParams({ params, sent, notes }: ReadParams, req: Request, res: Response): void | Promise<void> {
  const exchange = exchangeOf(res);
  const { sandbox, entry } = exchange;
  exchange.params = params;
  entry.sent = sent;
  entry.notes = notes;
  if (entry.call === '') nameByAction(entry, params);
  refuseAfterReset(exchange);
  const request: CallRequest = { method: req.method as Method, params };
  const fault = sandbox.faults.fire(entry.call, params, entry.number);
  if (fault !== undefined) return answerUnderFault(fault, request, exchange, res);
  const { status, headers, body, rest } = decided(request, undefined, exchange);
  const requestId = requestIdFor(exchange);
  const allHeaders = requestId === undefined ? headers : { [REQUEST_ID_HEADER]: requestId, ...headers };
  if (rest !== undefined) return streamAnswer(res, status, allHeaders, body, rest);
  send(res, status, allHeaders, body);
}

/** A path without a name: the parameter `action` has it. */
function nameByAction(entry: JournalEntry, params: Params): void {
  const sentName = getString(params, ACTION) ?? '';
  entry.isByAction = true;
  entry.call = getCurrentName(sentName);
  if (entry.call !== sentName) entry.oldCallName = sentName;
}

async function answerUnderFault(fault: ArmedFault, request: CallRequest, exchange: Exchange, res: Response): Promise<void> {
  const { phase, delay_ms } = fault.rule;
  exchange.sandbox.journal.update(exchange.entry, { fault: faultText(fault) });
  if (phase === 'before' && delay_ms !== undefined) {
    // A client that has given up meanwhile gets nothing done.
    if (!(await pause(delay_ms, res))) return;
    refuseAfterReset(exchange);
  }
  const answer = decided(request, fault, exchange);
  tellRequestId(exchange, res);
  await deliver(fault.rule, answer, res, ({ status, headers, body, rest }) =>
    rest === undefined ? send(res, status, headers, body) : streamAnswer(res, status, headers, body, rest),
  );
}

/** Decides the call, carries it out and writes it down. Nothing waits in here, so calls that come at once are decided one after the other. */
function decided(request: CallRequest, fault: ArmedFault | undefined, { sandbox, entry }: Exchange): Answer {
  const { store, journal } = sandbox;
  store.settle();
  const decision = decideCall(entry.call, request, store);
  const reachesMor = fault === undefined || isCarriedOut(fault.rule);
  const forced = fault === undefined ? undefined : forcedError(fault.rule, store.settings);
  const settings = forced?.settings ?? store.settings;
  const result = forced ?? decision.result;
  const call = findCall(entry.call);
  const reply = result.error === undefined ? result.reply : errorReply(result.error, call ?? USUAL_ERRORS, settings);
  const headers = ANSWER_HEADERS[settings.response_type];
  const usual: Answer = call?.hasList === true ? startAnswer(headers, reply) : { status: 200, headers, body: renderXml(reply) };
  const answer = fault === undefined ? usual : answerUnder(fault.rule, usual);
  entry.caller = decision.facts === undefined ? findUserNamedByU(request.params, store) : decision.facts.caller;
  // Not the reply: a list in it would keep a whole state.
  entry.decision = keepReason(decision);
  entry.outcomeText = fault === undefined || reachesMor || forced !== undefined ? formatOutcome(entry.call, result) : faultText(fault);
  entry.body = answer.body;
  entry.isBodyCut = answer.rest !== undefined;
  journal.changed(entry);
  // Last: what breaks before it has changed nothing.
  if (reachesMor && decision.result.error === undefined) applyChanges(decision.result.changes, sandbox, entry);
  return answer;
}

function applyChanges(changes: readonly StateChange[], { store }: World, entry: JournalEntry): void {
  if (changes.length === 0) return;
  for (const change of changes) store.apply(change);
  entry.changedDids = changes.flatMap((change) => {
    if (change.kind === 'did.add') return [change.did.id];
    return change.kind === 'did.update' || change.kind === 'did.remove' ? [change.id] : [];
  });
}

function keepReason({ error, facts, steps, hashGuesses, notes }: Decision): DecisionReason {
  return { error, facts, steps, hashGuesses, notes };
}

/** A long list goes on behind its beginning, which alone is kept in the journal. */
function startAnswer(headers: Answer['headers'], reply: Reply): Answer {
  const { head, rest } = startXml(reply, MAX_KEPT_BODY);
  return { status: 200, headers, body: head, rest };
}

function refuseAfterReset({ sandbox, epoch }: Exchange): void {
  if (sandbox.store.epoch === epoch) return;
  throw new MockMorError('RESET_MEANWHILE', 'the world was reset while this request was in flight, so nothing was done');
}

/** Which entry of the journal an answer is to; undefined where that journal is gone, and another request may have got the number. */
function requestIdFor({ sandbox, generation, requestId }: Exchange): string | undefined {
  return sandbox.journal.generation === generation ? requestId : undefined;
}

function tellRequestId(exchange: Exchange, res: Response): void {
  const requestId = requestIdFor(exchange);
  if (requestId !== undefined) res.setHeader(REQUEST_ID_HEADER, requestId);
}

/** Our own refusals go into the journal too, by the words they are answered with. */
const refusedInJournal: ErrorRequestHandler = (error: unknown, _req, res: Exchanging, next) => {
  const exchange = res[EXCHANGE];
  if (exchange !== undefined) {
    const { sandbox, entry } = exchange;
    // What it says may quote the request.
    if (error instanceof Error)
      sandbox.journal.update(entry, { outcomeText: redactText(error.message, requestSecrets(entry, sandbox.store)) });
    if (!res.headersSent) tellRequestId(exchange, res);
  }
  next(error);
};
