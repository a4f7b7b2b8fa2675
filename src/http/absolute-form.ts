/** Requests in absolute form, `GET http://host:port/path`, which a client sends to what it takes for a proxy (RFC 9112, 3.2.2). */
import type { IncomingMessage } from 'node:http';
import type { Log } from '../log.ts';
import { MockMorError } from '../problems.ts';
import { isOwnHost } from './admin/guard.ts';
import { VENDOR_PATH } from './vendor-path.ts';

/** How many hosts are logged: a client could name any number of them. */
const MAX_LOGGED_HOSTS = 100;

/** Longer hosts are cut. */
const MAX_HOST_LENGTH = 200;

/** The host and port that a URL in absolute form names, without a username or a password; undefined for another form. */
export function hostInUrl(url: string): string | undefined {
  const host = /^[a-z]+:\/\/(?:[^/?#]*@)?([^/?#@]+)/i.exec(url)?.[1];
  return host?.slice(0, MAX_HOST_LENGTH);
}

/** The hosts that requests in absolute form named, if they are not our own. */
const foreignHosts = new WeakMap<IncomingMessage, string>();

/** Takes a request and the URL in absolute form that it was sent with; its own URL is the path that the app sees. */
export type NoteAbsoluteForm = (request: IncomingMessage, sentUrl: string) => void;

/**
 * Notes which requests name a foreign host. Calls of MOR's are answered all the same, because a server must accept the form, and a
 * proxy setting is one way to lead a client to a mock. One line for each host logs that they are answered here.
 */
export function noteAbsoluteForms(allowedHosts: ReadonlySet<string>, requestLog: Log): NoteAbsoluteForm {
  const logHost = logHostsOnce(requestLog, 'they are answered here, and nothing is passed on');
  return (request, sentUrl) => {
    const host = hostInUrl(sentUrl);
    if (host === undefined || isOwnHost(host, request, allowedHosts)) return;
    foreignHosts.set(request, host);
    const [path = ''] = (request.url ?? '').split('?', 1);
    if (VENDOR_PATH.test(path)) logHost(host);
  };
}

/** Logs what becomes of calls that come as to a proxy, in one line for each host. */
export function logHostsOnce(log: Log, outcome: string): (host: string) => void {
  const logged = new Set<string>();
  return (host) => {
    if (logged.has(host) || logged.size >= MAX_LOGGED_HOSTS) return;
    logged.add(host);
    log({ level: 'info', message: `calls to ${host} come as to a proxy: ${outcome}` });
  };
}

/** @throws MockMorError `NOT_A_PROXY` if a request is for another server */
export function refuseProxying(request: IncomingMessage): void {
  const host = foreignHosts.get(request);
  if (host === undefined) return;
  throw new MockMorError('NOT_A_PROXY', noProxyMessage(host));
}

/** What a client reads that takes this server for its proxy. */
export function noProxyMessage(host: string): string {
  return `this is no proxy, and passes nothing on to ${host}; check the proxy settings of the client, such as HTTP_PROXY`;
}
