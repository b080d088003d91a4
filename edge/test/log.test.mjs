// Logs say that something was asked, and nothing of what.

import assert from 'node:assert/strict';
import test from 'node:test';

import { running, token } from './worker.mjs';

const SECRETS = {
  good: 'G0000017',
  shop: 'S-very-secret-shop',
  text: 'secretword',
  csv: 'secretcsv',
  field: 'secretfield',
  path: 'secretpath',
  query: 'secretquery',
  agent: 'secretagent',
  origin: 'secretorigin',
};

test('no line has anything of a profile, a rule, a refusal or a token', () =>
  running({}, async (worker) => {
    const rank = (body, options) => worker.post(`/v1/rank?${SECRETS.query}=1`, body, options);
    const bodies = [
      { shop: [{ good: SECRETS.good, quantity: 7777 }], rules: { text: SECRETS.text } },
      { shop: SECRETS.shop },
      { feedback: [{ good: SECRETS.good, action: SECRETS.csv }] },
      { feedback: `good_id,action\n${SECRETS.csv},liked\n` },
      { [SECRETS.field]: 1 },
      { rules: { [SECRETS.field]: 1 }, policy: { [SECRETS.field]: 2 } },
      `{"${SECRETS.field}": NaN}`,
      `${SECRETS.text}`,
    ];
    const statuses = [];
    for (const body of bodies) {
      const headers = { 'user-agent': SECRETS.agent, referer: `https://${SECRETS.origin}.example/` };
      statuses.push((await rank(body, { headers })).status);
    }
    assert.deepEqual(statuses, [200, 422, 400, 400, 400, 400, 400, 400]);
    await worker.post('/v1/shops-for-good', { good: SECRETS.good });
    await worker.ask(`/v1/${SECRETS.path}`);
    const bearer = await token({ secret: 'another secret of thirty-two bytes' });
    await rank({}, { headers: { authorization: `Bearer ${bearer}` } });

    for (let i = 0; i < 200 && worker.logged.filter(({ event }) => event === 'request').length < 11; i++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { printed, logged } = worker;
    const requests = logged.filter(({ event }) => event === 'request');
    assert.equal(requests.length, 11);
    for (const [name, secret] of Object.entries({ ...SECRETS, quantity: '7777', bearer })) {
      assert.ok(!printed.includes(secret), `${name} was printed`);
    }
    const [, payload] = bearer.split('.');
    assert.ok(!printed.includes(payload));
    // And all of each line is what it may be.
    for (const line of logged) {
      const { at, ms, ...rest } = line;
      assert.ok(Number.isInteger(ms) && !Number.isNaN(Date.parse(at)));
      if (line.event === 'shard') {
        assert.deepEqual(Object.keys(rest), ['event', 'tenant', 'version', 'bytes']);
        continue;
      }
      const { event, method, route, tenant, status, code, ...others } = rest;
      assert.deepEqual(others, {});
      assert.equal(event, 'request');
      assert.ok([null, '/v1/rank', '/v1/shops-for-good'].includes(route));
      assert.ok([null, 'POST'].includes(method));
      assert.ok([null, 'acme'].includes(tenant));
      assert.equal(code === undefined, status === 200);
      if (code) assert.match(code, /^[a-z_]+$/);
    }
    const codes = requests.map(({ code }) => code);
    assert.deepEqual(codes.slice(8), [undefined, 'not_found', 'bad_token']);
  }));
