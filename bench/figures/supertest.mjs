import { createRequire } from 'node:module';
import process from 'node:process';
import bodyParser from 'body-parser';
import express from 'express';
import { createMockMor, didCreateHash } from '../../dist/index.mjs';
import { answer } from '../servers/answer.mjs';
import { ratios, summary } from '../statistics.mjs';

const request = createRequire(import.meta.url)('supertest');

export const about = 'a request by supertest to the handler, no port: how a suite calls it';

/** Requests of one kind in a row. */
const BATCH = 200;

export async function measure({ isSmoke, rounds = 15 }) {
  const app = express();
  app.use(bodyParser.urlencoded({ extended: false }));
  app.all('/billing/api/did_create', (req, res) => res.type('text/xml').send(answer(req.method, (name) => req.body[name])));
  const handlers = { express: app, 'mock-mor': (await createMockMor()).handler };
  const measured = [];
  const length = isSmoke ? 5 : BATCH;
  const count = isSmoke ? 1 : rounds;
  let number = 38_000_000_000;
  // The first two rounds only warm up.
  for (let round = -2; round < count; round++) {
    const results = {};
    for (const [name, handler] of Object.entries(handlers)) {
      const bodies = Array.from({ length }, (_, i) => {
        const did = String(number + i);
        return { u: 'admin', provider_id: '1', did, hash: didCreateHash({ provider_id: 1, did, api_secret_key: 'secret' }) };
      });
      const before = process.cpuUsage();
      for (const body of bodies)
        await request(handler)
          .post('/billing/api/did_create')
          .type('form')
          .send(body)
          .expect(200, /DID created/);
      const { user, system } = process.cpuUsage(before);
      results[name] = { cpuUs: (user + system) / length };
    }
    number += length;
    if (round >= 0) measured.push(results);
  }
  return [
    {
      figure: 'CPU of a supertest request',
      server: 'mock-mor',
      unit: 'x express',
      ...summary(ratios(measured, 'mock-mor', 'express', ({ cpuUs }) => cpuUs)),
      atMost: 1.2,
      absolute: `${summary(measured.map((round) => round['mock-mor'].cpuUs)).median.toFixed(0)} us`,
    },
  ];
}
