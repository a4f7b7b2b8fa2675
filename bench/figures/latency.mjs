import { interleaved, SMOKE } from '../interleaved.mjs';
import { SERVERS } from '../servers/index.mjs';
import { ratios, summary } from '../statistics.mjs';

export const about = 'the wait for an answer at 1 connection: the middle one, and the longest but one of a hundred';

export async function measure({ isSmoke, rounds = 9 }) {
  const { 'http-full': httpFull, express, 'mock-mor': mock } = SERVERS;
  const measured = await interleaved(
    { 'http-full': httpFull, express, 'mock-mor': mock },
    { connections: 1, kind: 'mix', ...(isSmoke ? SMOKE : { sliceMs: 2000, rounds }) },
  );
  const reach = { 'mock-mor': { p50: { atMost: 1.3 }, p99: { atMost: 1.6 } } };
  return ['express', 'mock-mor'].flatMap((server) =>
    ['p50', 'p99'].map((quantile) => ({
      figure: `${quantile}, 1 connection`,
      server,
      unit: 'x http-full',
      ...summary(ratios(measured, server, 'http-full', (slice) => slice[quantile])),
      ...reach[server]?.[quantile],
      absolute: `${(summary(measured.map((round) => round[server][quantile])).median * 1000).toFixed(0)} us`,
    })),
  );
}
