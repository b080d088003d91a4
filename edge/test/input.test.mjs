// Bodies that nobody should send.

import assert from 'node:assert/strict';
import test from 'node:test';

import { running } from './worker.mjs';

/** What a body is refused with: status, code, field and detail. */
async function refusal(worker, path, body, options) {
  const response = await worker.post(path, body, options);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const { status, code, field, detail } = await response.json();
  assert.equal(response.status, status);
  return [status, code, field, detail];
}

const LIMITS = 'a whole number from 1 to 1000';
const bad = (field, detail) => [400, 'bad_query', field, `bad query: ${detail}`];

test('fields that are wrong are named', () =>
  running({}, async (worker) => {
    const RANK = [
      [{ limit: 0 }, bad('limit', `limit: expected ${LIMITS}, found 0`)],
      [{ limit: 1e9 }, bad('limit', `limit: expected ${LIMITS}, found 1000000000`)],
      [{ limit: 1.5 }, bad('limit', `limit: expected ${LIMITS}, found 1.5`)],
      [{ limit: [] }, bad('limit', `limit: expected ${LIMITS}, found a list`)],
      ['{"limit":1e999}', bad('limit', `limit: expected ${LIMITS}, found null`)],
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
        bad(
          'colour',
          'query: expected an object with the fields shop, rules, policy, channel, diversity, feedback and ' +
            'limit at most, found the field colour',
        ),
      ],
      [{ rules: { priceMin: 'low' } }, 'rules.priceMin'],
      [{ rules: { colour: 1 } }, 'rules.colour'],
      [{ shop: [{ good: 'G0000017', quantity: -1 }] }, 'shop[].quantity'],
      [{ shop: [{ good: 'G0000017', size: 1 }] }, 'shop.size'],
      [{ shop: 5 }, 'shop'],
      [{ policy: { fit: 101 } }, 'policy.fit'],
      [{ feedback: [{ good: 'G0000017', action: 'liked' }] }, 'feedback[].action'],
      [{ rules: { only: Array(10_001).fill('G0000017') } }, bad('rules.only', 'rules.only: expected at most 10000 members, found 10001')],
    ];
    for (const [body, expected] of RANK) {
      const found = await refusal(worker, '/v1/rank', body);
      if (typeof expected === 'string') assert.equal(found[2], expected, found[3]);
      else assert.deepEqual(found, expected);
      assert.equal(found[0], 400);
    }
    const SHOPS = [
      [{}, bad('good', "good: expected a good's id, found none")],
      [{ good: 7 }, bad('good', "good: expected a good's id, found 7")],
      [{ good: 'G0000017', limit: 0 }, bad('limit', `limit: expected ${LIMITS}, found 0`)],
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
    const [status, code] = await refusal(worker, '/v1/rank', { shop: 'nobody' });
    assert.deepEqual([status, code], [422, 'unknown_shop']);
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
    assert.equal((await chunked.json()).code, 'body_too_large');
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
