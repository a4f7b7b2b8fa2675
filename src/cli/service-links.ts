/** Variables that the runtime of a container sets about other services, and that only look like options. */
import { isIP } from 'node:net';

type Variables = Readonly<Record<string, string | undefined>>;

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

const isAddress = (text: string): boolean => isIP(text) !== 0;

const isEndpoint = (text: string, protocol = '(?:tcp|udp|sctp)'): boolean => new RegExp(`^${protocol}://\\S+:\\d+$`, 'i').test(text);

/** The endings of the names behind `MOCK_MOR` or `MOCK_MOR_…`, each with what its value looks like. */
const LINKS: readonly [ending: RegExp, isValue: (text: string, protocol: string | undefined) => boolean][] = [
  [/_SERVICE_HOST$/, isAddress],
  [/_SERVICE_PORT(?:_[A-Z0-9_]+)?$/, isPort],
  [/_PORT$/, (text) => isEndpoint(text)],
  [/_PORT_\d+_(TCP|UDP|SCTP)(?:_START|_END)?$/, isEndpoint],
  [/_PORT_\d+_(TCP|UDP|SCTP)_PROTO$/, (text, protocol = '') => text.toUpperCase() === protocol],
  [/_PORT_\d+_(?:TCP|UDP|SCTP)_PORT(?:_START|_END)?$/, isPort],
  [/_PORT_\d+_(?:TCP|UDP|SCTP)_ADDR$/, isAddress],
  [/_NAME$/, isLinkName],
];

/**
 * Whether a variable was set by Kubernetes about a service whose name begins with `mock-mor`, or by a link of Docker's to such a
 * container: `MOCK_MOR_CI_SERVICE_HOST=10.96.0.12`, `MOCK_MOR_PORT=tcp://10.0.0.7:8080`. The name and the value must both fit.
 */
export function isServiceLink(name: string, variables: Variables): boolean {
  if (!name.startsWith('MOCK_MOR_')) return false;
  const text = variables[name] ?? '';
  return (
    LINKS.some(([ending, isValue]) => {
      const match = ending.exec(name);
      return match !== null && isValue(text, match[1]);
    }) || isLinkedEnvironment(name, variables)
  );
}

/** Docker names a linked container after the one that has the link: `/app/mock-mor`. */
function isLinkName(text: string): boolean {
  return /^\/[^/\s]+\/[^/\s]+$/.test(text);
}

/** Docker passes on the environment of a linked container, next to the container's name. */
function isLinkedEnvironment(name: string, variables: Variables): boolean {
  const [service, rest] = name.split(/_ENV_(.*)/s);
  return rest !== undefined && isLinkName(variables[`${String(service)}_NAME`] ?? '');
}
