// Bodies that nobody should send.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import test from 'node:test';

import { running, token } from './worker.mjs';

/** What a body is refused with: status, code, field and detail. */
async function refusal(worker, path, body, options) {
  const response = await worker.post(path, body, options);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const { status, code, field, detail } = await response.json();
  assert.equal(response.status, status);
  return [status, code, field, detail];
}

const LIMITS = 'a whole number from 1 to 1000';
const FIELDS =
  'query: expected an object with the fields shop, rules, policy, channel, diversity, feedback and limit at most';
const SALE = 'objects with the fields good, quantity, at and kind at most';
const COSTS =
  'own, marketplace, live or an object with the fields markup, commission, payment, landing, shipping, ' +
  'insurance and returnCost at most';
const weight = (found) => [
  400,
  'bad_policy',
  'policy.fit',
  `bad policy: weight fit: expected a finite number from 0 to 100, found ${found}`,
];
const bad = (field, detail) => [400, 'bad_query', field, `bad query: ${detail}`];

test('fields that are wrong are named', () =>
  running({}, async (worker) => {
    const RANK = [
      [{ limit: 0 }, bad('limit', `limit: expected ${LIMITS}, found 0`)],
      [{ limit: 1e9 }, bad('limit', `limit: expected ${LIMITS}, found 1000000000`)],
      [{ limit: 1.5 }, bad('limit', `limit: expected ${LIMITS}, found 1.5`)],
      [{ limit: [] }, bad('limit', `limit: expected ${LIMITS}, found a list`)],
      ['{"limit":1e999}', bad('limit', `limit: expected ${LIMITS}, found Infinity`)],
      [
        '{"limit": NaN}',
        [400, 'bad_json', 'limit', 'bad body: expected a value that JSON has, found NaN in limit'],
      ],
      [
        '{"rules":{"priceMin":-Infinity}}',
        [400, 'bad_json', 'priceMin', 'bad body: expected a value that JSON has, found -Infinity in priceMin'],
      ],
      [
        { colour: 'red' },
        bad('colour', `${FIELDS}, found the field colour`),
      ],
      [{ limit: 'NaN' }, bad('limit', `limit: expected ${LIMITS}, found "NaN"`)],
      [{ rules: { priceMin: 'NaN' } }, bad('rules.priceMin', 'rules.priceMin: expected a number, found "NaN"')],
      [{ diversity: { explore: 'NaN' } }, bad('diversity.explore', 'diversity.explore: expected a number, found "NaN"')],
      [{ channel: { commission: 'NaN' } }, bad('channel', `channel: expected ${COSTS}, found "NaN"`)],
      [{ channel: { colour: 1 } }, bad('channel.colour', `channel: expected ${COSTS}, found the field colour`)],
      [{ shop: [{ good: 'G0000017', quantity: -1 }] }, bad('shop[].quantity', 'shop[].quantity: expected a number above 0, at most 1e12, found -1 at index 0')],
      [{ shop: [{ good: 'G0000017', quantity: 'NaN' }] }, bad('shop[].quantity', 'shop[].quantity: expected a number above 0, at most 1e12, found "NaN" at index 0')],
      ['{"shop":[{"good":"G0000017","at":1e999}]}', bad('shop[].at', 'shop[].at: expected seconds since 1970 UTC, found inf at index 0')],
      [{ shop: [{ good: 'G0000017', size: 1 }] }, bad('shop.size', `shop: expected ${SALE}, found the field size at index 0`)],
      [{ shop: [[[[[[1]]]]]] }, bad('shop', `shop: expected ${SALE}, found a list at index 0`)],
      [{ shop: 5 }, bad('shop', 'shop: expected the id of a public shop, a list of sales, a matched sales file or users, found 5')],
      [{ policy: { fit: 101 } }, weight('101')],
      [{ policy: { fit: 'NaN' } }, weight('"NaN"')],
      ['{"policy":{"fit":1e999}}', weight('inf')],
      [
        { feedback: [{ good: 'G0000017', action: 'liked' }] },
        bad('feedback[].action', 'feedback[].action: expected listed, saved or notForMe, found "liked" at index 0'),
      ],
      ['{"__proto__":{"limit":1}}', bad('__proto__', `${FIELDS}, found the field __proto__`)],
      [{ shop: Array(10_001).fill({ good: 'G0000017' }) }, bad('shop', 'shop: expected at most 10000 members, found 10001')],
      [
        Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`field${i}`, i])),
        bad('query', 'query: expected at most 100 fields, found 50000'),
      ],
      [{ rules: { only: Array(10_001).fill('G0000017') } }, bad('rules.only', 'rules.only: expected at most 10000 members, found 10001')],
    ];
    for (const [body, expected] of RANK) {
      assert.deepEqual(await refusal(worker, '/v1/rank', body), expected);
    }
    const [, , unknown, list] = await refusal(worker, '/v1/rank', { rules: { colour: 1 } });
    assert.equal(unknown, 'rules.colour');
    assert.match(list, /^bad query: rules: expected an object with at most the fields categories .*, found the field colour$/);
    // What JSON has instead of NaN is a field left out.
    for (const body of [{ limit: null }, { policy: { fit: null } }, { shop: [{ good: 'G0000017', quantity: null }] }]) {
      assert.equal((await worker.post('/v1/rank', { limit: 1, ...body })).status, 200, JSON.stringify(body));
    }
    const SHOPS = [
      [{}, bad('good', "good: expected a good's id, found none")],
      [{ good: 7 }, bad('good', "good: expected a good's id, found 7")],
      [{ good: 'G0000017', limit: 0 }, bad('limit', `limit: expected ${LIMITS}, found 0`)],
      [{ good: 'G0000017', limit: 1e9 }, bad('limit', `limit: expected ${LIMITS}, found 1000000000`)],
      [
        { good: 'G0000017', rules: {} },
        bad('rules', 'rules: expected an object with the fields good and limit at most, found the field rules'),
      ],
      [
        { good: 'nothing' },
        [422, 'unknown_good', undefined, 'unknown good "nothing": the shard has no good of this id'],
      ],
    ];
    for (const [body, expected] of SHOPS) {
      assert.deepEqual(await refusal(worker, '/v1/shops-for-good', body), expected);
    }
    const nobody = (found) => [
      422,
      'unknown_shop',
      undefined,
      `unknown shop ${found}: it is not among the shard's public shops; give its sales instead, or build with --publish-shops`,
    ];
    assert.deepEqual(await refusal(worker, '/v1/rank', { shop: 'nobody' }), nobody('"nobody"'));
    assert.deepEqual(await refusal(worker, '/v1/rank', { shop: 'x'.repeat(5e5) }), nobody(`"${'x'.repeat(60)}"…`));
  }));

test('a refusal does not send back all that was sent', () =>
  running({}, async (worker) => {
    const [, code, field, detail] = await refusal(worker, '/v1/rank', { ['x'.repeat(5e5)]: 1 });
    assert.deepEqual([code, field], ['bad_query', `${'x'.repeat(100)}…`]);
    assert.match(detail, /^bad query: query: expected .* found the field x+…$/);
    assert.equal(detail.length, 601);
    assert.equal((await refusal(worker, '/v1/rank', { limit: 'x'.repeat(5e5) }))[3].length, 601);
  }));

test('bodies that are no query', () =>
  running({ env: { MAX_MS: '300' } }, async (worker) => {
    const bodies = [
      ['', 'bad body: expected JSON, found another text'],
      ['{"limit":', 'bad body: expected JSON, found another text'],
      ['[1]', 'bad body: expected an object, found another value'],
      ['null', 'bad body: expected an object, found another value'],
      [Uint8Array.of(0x22, 0xff, 0x22), 'bad body: expected UTF-8, found other bytes'],
      ['['.repeat(400_000), 'bad body: expected lists and objects 8 deep at most, found 400000'],
      [`{"shop":${'[{"good":'.repeat(9)}1${'}]'.repeat(9)}}`, 'bad body: expected lists and objects 8 deep at most, found 19'],
    ];
    for (const [body, detail] of bodies) {
      assert.deepEqual(await refusal(worker, '/v1/rank', body), [400, 'bad_json', undefined, detail]);
    }
    // Brackets in a text are no depth.
    const said = await worker.post('/v1/rank', { rules: { text: `\\"${'['.repeat(50)}` }, limit: 1 });
    assert.equal(said.status, 200);

    assert.deepEqual(await refusal(worker, '/v1/rank', '{}', { headers: { 'content-type': 'text/plain' } }), [
      415,
      'bad_media_type',
      undefined,
      'expected content-type application/json, found text/plain',
    ]);
  }));

test('a body of 10 MB, whether or not it says so', () =>
  running({}, async (worker) => {
    const large = [413, 'body_too_large', undefined, 'expected a body of 1048576 bytes at most, found more'];
    const body = JSON.stringify({ rules: { text: 'x'.repeat(10 << 20) } });
    assert.deepEqual(await refusal(worker, '/v1/rank', body), large);
    const chunked = await worker.ask('/v1/rank', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Blob([body]).stream(),
      duplex: 'half',
    });
    const { status, code, field, detail } = await chunked.json();
    assert.deepEqual([status, code, field, detail], large);
    assert.equal((await worker.post('/v1/rank', {})).status, 200);
  }));

test('a body that does not come', () =>
  running({ env: { MAX_MS: '300' } }, async (worker) => {
    const body = new ReadableStream({ start: (to) => to.enqueue(new TextEncoder().encode('{"limit"')) });
    const headers = { 'content-type': 'application/json' };
    const response = await worker.ask('/v1/rank', { method: 'POST', body, headers, duplex: 'half' });
    const { status, detail } = await response.json();
    assert.deepEqual([status, detail], [408, 'expected the body within 300 ms']);
  }));

test('a request that is cancelled in the middle', () =>
  running({}, async (worker) => {
    const { port, hostname } = worker.address;
    const authorization = `Bearer ${await token()}`;
    const head = (length) =>
      `POST /v1/rank HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: ${authorization}\r\n` +
      `content-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
    // Gone with half of the body sent, and gone before the answer.
    for (const sent of [`${head(1000)}{"limit":`, `${head(13)}{"limit":1000`, `${head(14)}{"limit":1000}`]) {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      await new Promise((resolve) => socket.write(sent, resolve));
      socket.destroy();
    }
    const answers = await Promise.all(Array.from({ length: 8 }, () => worker.post('/v1/rank', { limit: 1 })));
    assert.ok(answers.every(({ status }) => status === 200));
    assert.equal(worker.logged.filter(({ code }) => code === 'internal').length, 0);
    assert.equal(worker.logged.filter(({ event }) => event === 'shard').length, 1);
  }));
