/** The consumer's side: what the shop sends and expects, written into pacts/shop-MOR.json. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { PactV3 } from '@pact-foundation/pact';
import { orderNumber } from './shop.mjs';

const ORDER = { u: 'admin', key: 'secret', provider_id: '1', did: '37060000099' };

const xml = (inside) => `<?xml version="1.0" encoding="UTF-8"?>\n<page>\n${inside}</page>\n`;
const success = (id) =>
  xml(`  <status>\n    <success>DID created</success>\n  </status>\n  <did_details>\n    <id>${id}</id>\n  </did_details>\n`);
const error = (text) => xml(`  <status>\n    <error>${text}</error>\n  </status>\n`);

const INTERACTIONS = [
  { what: 'an order of a free number', states: [['the next id is given', { id: 42 }]], order: ORDER, body: success(42), id: 42 },
  {
    what: 'an order of a number that exists',
    states: [['the number exists', { did: ORDER.did }]],
    order: ORDER,
    body: error('DID already exists'),
  },
  {
    what: 'an order at a hidden provider, while the number exists',
    states: [['the number 37060000099 exists'], ['provider 1 is hidden']],
    order: ORDER,
    body: error('Provider was not found'),
  },
  { what: 'an order while the API is off', states: [['the API is off']], order: ORDER, body: error('API Requests are disabled') },
  { what: 'an order with a wrong key', states: [], order: { ...ORDER, key: 'wrong' }, body: error('Incorrect hash') },
  {
    what: 'an order by a shop with a trunk of its own',
    states: [['the shop has a trunk of its own']],
    order: { u: 'shop', key: 'shop-secret', provider_id: '7', did: '37060000099' },
    body: success(1),
    id: 1,
  },
];

const pact = new PactV3({ consumer: 'shop', provider: 'MOR', dir: fileURLToPath(new URL('pacts', import.meta.url)), logLevel: 'warn' });

for (const { what, states, order, body, id } of INTERACTIONS) {
  const { key, ...params } = order;
  const hash = createHash('sha1').update(`${order.provider_id}${order.did}${key}`).digest('hex');
  for (const [name, values] of states) pact.given(name, values);
  pact
    .uponReceiving(what)
    .withRequest({
      method: 'POST',
      path: '/billing/api/did_create',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...params, hash }).toString(),
    })
    .willRespondWith({ status: 200, headers: { 'Content-Type': 'text/xml; charset=utf-8' }, body });
  await pact.executeTest(async ({ url }) => {
    if (id === undefined) await assert.rejects(orderNumber(url, order), { message: /<error>(.*)<\/error>/.exec(body)[1] });
    else assert.equal(await orderNumber(url, order), id);
  });
}
