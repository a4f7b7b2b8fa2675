import { Router, type ErrorRequestHandler, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { Method } from '../mor/call.ts';
import { decide } from '../mor/calls/index.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import { textOf } from '../mor/params.ts';
import type { Reply } from '../mor/reply.ts';
import { MockMorError } from '../problems.ts';
import { requestIdOf } from '../control/request-view.ts';
import { faultText } from '../world/faults.ts';
import type { JournalEntry } from '../world/journal.ts';
import type { Sandbox } from '../world/sandbox.ts';
import { answerUnder, deliver, forcedError, isCarriedOut, pause, type Answer } from './fault-effects.ts';
import { send } from './plain-answers.ts';
import { bodyOf, readBody } from './read-body.ts';
import { readParams } from './read-params.ts';
import { VENDOR_PATH } from './vendor-path.ts';
import { ANSWER_HEADERS, xmlOf } from './write-xml.ts';

export interface VendorOptions {
  /** Largest body, in bytes. */
  readonly maxBodyBytes: number;
  /** Whether answers carry `X-Mock-Mor-Request-Id`. */
  readonly requestIds: boolean;
  /** Called once for each request, when its answer is out or its client is gone: all is known of it by then. */
  readonly onEnd: RequestEnd;
}

/** What is told when a request has ended. Log, metrics and coverage hang on this alone. */
export type RequestEnd = (entry: JournalEntry, sandbox: Sandbox) => void;

/** What one request carries through the steps. */
interface Exchange {
  readonly sandbox: Sandbox;
  readonly entry: JournalEntry;
  /** The state's epoch when the request arrived. */
  readonly epoch: number;
}

/** Set on arrival, read by the later steps of the same request. */
const exchanges = new WeakMap<Request, Exchange>();

/** MOR's own paths, in one sandbox a request. */
export function vendorRouter(sandboxOf: (req: Request) => Sandbox, options: VendorOptions): Router {
  const router = Router({ caseSensitive: true });
  router.all(
    VENDOR_PATH,
    arrive(sandboxOf, options),
    onlyMorMethods,
    readBody(options.maxBodyBytes, 'allow more with --max-body-bytes'),
    answerCall,
  );
  router.use(refusedInJournal);
  return router;
}
/** Writes the request down, and says on the answer which entry it is. */
function arrive(sandboxOf: (req: Request) => Sandbox, { requestIds, onEnd }: VendorOptions): RequestHandler {
  return (req, res, next) => {
    const sandbox = sandboxOf(req);
    const { journal, store } = sandbox;
    const startedAt = performance.now();
    const entry = journal.open({ at: Date.now(), method: req.method, path: req.path, call: callOf(req) });
    exchanges.set(req, { sandbox, entry, epoch: store.epoch });
    if (requestIds) res.setHeader('X-Mock-Mor-Request-Id', requestIdOf(sandbox.name, entry.number));
    res.once('close', () => {
      const durationMs = Math.round((performance.now() - startedAt) * 1000) / 1000;
      if (res.writableFinished) journal.update(entry, { state: 'completed', status: res.statusCode, durationMs });
      else journal.update(entry, { state: 'aborted', durationMs });
      onEnd(entry, sandbox);
    });
    next();
  };
}

function callOf(req: Request): string {
  return (req.params as unknown as Record<string, string | undefined>)['0'] ?? '';
}

function exchangeOf(req: Request): Exchange {
  const exchange = exchanges.get(req);
  if (exchange === undefined) throw new Error('a request was answered that never arrived');
  return exchange;
}

function onlyMorMethods(req: Request, res: Response, next: NextFunction): void {
  if (req.method !== 'GET' && req.method !== 'POST') {
    res.setHeader('Allow', 'GET, POST');
    throw new MockMorError('METHOD_NOT_ALLOWED', `MOR's API knows GET and POST, not ${req.method}`);
  }
  next();
}

async function answerCall(req: Request, res: Response): Promise<void> {
  const exchange = exchangeOf(req);
  const { sandbox, entry } = exchange;
  const { store, journal, faults } = sandbox;
  const queryAt = req.url.indexOf('?');
  const { params, received } = await readParams({
    query: queryAt < 0 ? '' : req.url.slice(queryAt + 1),
    body: bodyOf(req),
    contentType: req.headers['content-type'],
  });
  journal.update(entry, { received });
  refuseAfterReset(exchange, res);
  const fault = faults.fire(entry.call, params, entry.number);
  if (fault !== undefined) {
    const { phase, delay_ms } = fault.rule;
    journal.update(entry, { fault: faultText(fault) });
    if (phase === 'before' && delay_ms !== undefined) {
      // A client that has given up meanwhile gets nothing done.
      if (!(await pause(delay_ms, res))) return;
      refuseAfterReset(exchange, res);
    }
  }
  // From here to the answer nothing waits, so calls that come at once are decided one after the other.
  const outcome = decide(entry.call, { method: req.method as Method, params }, store);
  const reachesMor = fault === undefined || isCarriedOut(fault.rule);
  if (reachesMor) store.apply(outcome.changes);
  const forced = fault === undefined ? undefined : forcedError(fault.rule, store.settings);
  const { reply, settings } = forced ?? { reply: outcome.reply, settings: store.settings };
  const usual: Answer = { status: 200, headers: ANSWER_HEADERS[settings.response_type], body: xmlOf(reply, settings) };
  const answer = fault === undefined ? usual : answerUnder(fault.rule, usual);
  const username = textOf(params, 'u');
  journal.update(entry, {
    caller: username === undefined ? undefined : store.userNamed(username),
    outcome: reachesMor ? outcome : undefined,
    explain: outcome.explain,
    outcomeText: fault === undefined || reachesMor || forced !== undefined ? textOfReply(reply) : faultText(fault),
    body: answer.body,
  });
  const sendWhole = ({ status, headers, body }: Answer): void => {
    send(res, status, headers, body);
  };
  if (fault === undefined) sendWhole(answer);
  else await deliver(fault.rule, answer, res, sendWhole);
}

/** The number of such a request is of a journal that is gone, so the answer must not carry it. */
function refuseAfterReset({ sandbox, epoch }: Exchange, res: Response): void {
  if (sandbox.store.epoch === epoch) return;
  res.removeHeader('X-Mock-Mor-Request-Id');
  throw new MockMorError('RESET_MEANWHILE', 'the world was reset while this request was under way, so nothing was done');
}

/** What is said, without the XML: today's text, whatever the dialect. */
function textOfReply(reply: Reply): string {
  return reply.kind === 'error' ? MOR_ERRORS[reply.error].text : reply.text;
}

/** Our own refusals go into the journal too, by the words they are answered with. */
const refusedInJournal: ErrorRequestHandler = (error: unknown, req, _res, next) => {
  const exchange = exchanges.get(req);
  if (exchange !== undefined && error instanceof Error) exchange.sandbox.journal.update(exchange.entry, { outcomeText: error.message });
  next(error);
};
