import { isServiceLink } from '../../src/cli/service-links.ts';
import { run } from './program.ts';

/** What Kubernetes sets in every container for a service with one named port, by the beginning of the variables. */
const kubernetes = (prefix: string, address: string, host = address): Record<string, string> => ({
  [`${prefix}_SERVICE_HOST`]: address,
  [`${prefix}_SERVICE_PORT`]: '8080',
  [`${prefix}_SERVICE_PORT_HTTP`]: '8080',
  [`${prefix}_SERVICE_PORT_WEB_UI`]: '8081',
  [`${prefix}_PORT`]: `tcp://${host}:8080`,
  [`${prefix}_PORT_8080_TCP`]: `tcp://${host}:8080`,
  [`${prefix}_PORT_8080_TCP_PROTO`]: 'tcp',
  [`${prefix}_PORT_8080_TCP_PORT`]: '8080',
  [`${prefix}_PORT_8080_TCP_ADDR`]: address,
  [`${prefix}_PORT_53_UDP`]: `udp://${host}:53`,
  [`${prefix}_PORT_53_UDP_PROTO`]: 'udp',
  [`${prefix}_PORT_9_SCTP`]: `sctp://${host}:9`,
});

/** What `docker run --link` sets for a container with one port and a range of ports. */
const docker = (prefix: string): Record<string, string> => ({
  [`${prefix}_NAME`]: '/app/mock-mor',
  [`${prefix}_PORT`]: 'tcp://172.17.0.5:8080',
  [`${prefix}_PORT_8080_TCP`]: 'tcp://172.17.0.5:8080',
  [`${prefix}_PORT_8080_TCP_START`]: 'tcp://172.17.0.5:8080',
  [`${prefix}_PORT_8080_TCP_PORT_START`]: '8080',
  [`${prefix}_PORT_8080_TCP_END`]: 'tcp://172.17.0.5:8089',
  [`${prefix}_PORT_8080_TCP_PORT_END`]: '8089',
  [`${prefix}_ENV_NODE_VERSION`]: '20.19.0',
});

const links = (variables: Record<string, string>): readonly string[] =>
  Object.keys(variables).filter((name) => isServiceLink(name, variables));

test.each<[service: string, variables: Record<string, string>]>([
  ['mock-mor', kubernetes('MOCK_MOR', '10.0.0.7')],
  ['mock-mor-ci', kubernetes('MOCK_MOR_CI', '10.96.0.12')],
  ['mock-mor-port, over IPv6', kubernetes('MOCK_MOR_PORT', 'fd00::1', '[fd00::1]')],
  ['mock-mor-2', kubernetes('MOCK_MOR_2', '10.0.0.7')],
  ['mock-mor, linked by Docker', docker('MOCK_MOR')],
  ['mock-mor-b, linked by Docker', docker('MOCK_MOR_B')],
])('every variable of the service %s is a link', (_service, variables) => {
  expect(links(variables)).toEqual(Object.keys(variables));
});

test.each<[why: string, variables: Record<string, string>]>([
  ['the port as a number is the option', { MOCK_MOR_PORT: '8080' }],
  ['a URL of another scheme', { MOCK_MOR_PORT: 'http://10.0.0.7:8080' }],
  ['a link without its port', { MOCK_MOR_PORT: 'tcp://10.0.0.7' }],
  ['a host that is no address', { MOCK_MOR_CI_SERVICE_HOST: 'mor.example.com' }],
  ['a port that is no number', { MOCK_MOR_CI_SERVICE_PORT: 'http' }],
  ['a port beyond 65535', { MOCK_MOR_CI_SERVICE_PORT_HTTP: '70000' }],
  ['another protocol than the one in the name', { MOCK_MOR_PORT_8080_TCP: 'udp://10.0.0.7:8080' }],
  ['an address that is none', { MOCK_MOR_PORT_8080_TCP_ADDR: 'x' }],
  ['an unknown ending', { MOCK_MOR_PORT_8080_TCP_HOST: '10.0.0.7' }],
  ['a name that Docker does not write', { MOCK_MOR_NAME: 'mock' }],
  ['the environment of a container without its name', { MOCK_MOR_CI_ENV_NODE_VERSION: '20' }],
  ['an option', { MOCK_MOR_HOST: '10.0.0.7', MOCK_MOR_ADMIN_TOKEN: 'tcp://10.0.0.7:1' }],
  ['another program', { MOR_SERVICE_HOST: '10.0.0.7' }],
])('no link: %s', (_why, variables) => {
  expect(links(variables)).toEqual([]);
});

test('a command starts next to services of the same beginning, and its own options still count', async () => {
  const env = { ...kubernetes('MOCK_MOR', '10.0.0.7'), ...kubernetes('MOCK_MOR_CI', '10.96.0.12'), ...docker('MOCK_MOR_B') };
  expect(await run(['hash', '--provider-id', '1', '--did', '1', '--key', 'k'], { env })).toMatchObject({ status: 0, stderr: '' });
  const { status, stderr } = await run(['healthcheck'], { env: { ...env, MOCK_MOR_PRT: '80' } });
  expect([status, stderr]).toEqual([2, expect.stringMatching(/^mock-mor: unknown variable "MOCK_MOR_PRT"\./)]);
});
