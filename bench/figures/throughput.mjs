import { interleaved, SMOKE } from '../interleaved.mjs';
import { SERVERS } from '../servers/index.mjs';
import { ratios, summary } from '../statistics.mjs';

export const about = 'requests per second and CPU per request at 32 connections';

export async function measure({ isSmoke, rounds = 9, peers }) {
  const { 'http-full': httpFull, express, 'mock-mor': mock, 'mock-mor, JSON log': logging } = SERVERS;
  const servers = { 'http-full': httpFull, express, 'mock-mor': mock, 'mock-mor, JSON log': logging, ...peers };
  const measured = await interleaved(servers, {
    connections: 32,
    kind: 'mix',
    ...(isSmoke ? SMOKE : { sliceMs: 2000, rounds }),
  });
  const reach = {
    'mock-mor': { perSecond: { atLeast: 0.6 }, cpuUs: { atMost: 1.8 } },
    'mock-mor, JSON log': { perSecond: { atLeast: 0.5 } },
  };
  return Object.keys(servers)
    .filter((name) => name !== 'http-full')
    .flatMap((name) => [
      {
        figure: 'requests per second, 32 connections',
        server: name,
        unit: 'x http-full',
        ...summary(ratios(measured, name, 'http-full', ({ perSecond }) => perSecond)),
        ...reach[name]?.perSecond,
        absolute: `${Math.round(summary(measured.map((round) => round[name].perSecond)).median)}/s`,
      },
      {
        figure: 'CPU per request, 32 connections',
        server: name,
        unit: 'x http-full',
        ...summary(ratios(measured, name, 'http-full', ({ cpuUs }) => cpuUs)),
        ...reach[name]?.cpuUs,
        absolute: `${summary(measured.map((round) => round[name].cpuUs)).median.toFixed(1)} us`,
      },
    ]);
}
