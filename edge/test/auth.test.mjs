// Who may ask, and what is said to who may not.

import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose';

import { configOf } from '../src/config.js';
import { AUDIENCE, ISSUER, SECRET, SHARDS, running, tenant, token } from './worker.mjs';

const QUERY = { limit: 1 };

/** The problem and the challenge that a token gets. */
async function refused(worker, authorization, path = '/v1/rank') {
  const response = await worker.post(path, QUERY, { headers: { authorization } });
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const { type, ...problem } = await response.json();
  assert.equal(type, `https://github.com/goodsrank/goodsrank/blob/main/edge/README.md#${problem.code}`);
  assert.equal(response.status, problem.status);
  return [problem, response.headers.get('www-authenticate')];
}

const invalid = (detail) => `Bearer realm="goodsrank", error="invalid_token", error_description="${detail}"`;
const bad = (detail) => [
  { title: 'The token is not valid here', status: 401, detail, code: 'bad_token' },
  invalid(detail),
];
const NOT_SIGNED = bad('the token is no JWT that the issuer signed for this');
const claim = (name) => bad(`the token's claim ${name} is not what is expected here`);

test('tokens that are missing, expired, foreign, forged, or of nobody', () =>
  running({}, async (worker) => {
    const missing = [
      {
        title: 'A bearer token is missing',
        status: 401,
        detail: 'expected the header Authorization: Bearer, with a JWT',
        code: 'no_token',
      },
      'Bearer realm="goodsrank"',
    ];
    assert.deepEqual(await refused(worker, ''), missing);
    assert.deepEqual(await refused(worker, 'Basic YTpi'), missing);

    const expired = 'the token has expired; get another';
    assert.deepEqual(await refused(worker, `Bearer ${await token({ expires: '-1m' })}`), [
      { title: 'The token has expired', status: 401, detail: expired, code: 'expired_token' },
      invalid(expired),
    ]);

    const foreign = async (changes) => refused(worker, `Bearer ${await token(changes)}`);
    assert.deepEqual(await foreign({ issuer: 'https://other.example/' }), claim('iss'));
    assert.deepEqual(await foreign({ audience: 'another' }), claim('aud'));
    assert.deepEqual(await foreign({ secret: 'another secret of thirty-two bytes' }), NOT_SIGNED);
    assert.deepEqual(await foreign({ claims: { tenant: '../acme' } }), claim('tenant'));
    assert.deepEqual(await foreign({ claims: { tenant: undefined } }), claim('tenant'));
    assert.deepEqual(await refused(worker, 'Bearer not.a.token'), NOT_SIGNED);

    const unsigned = new UnsecuredJWT({ tenant: 'acme', scope: 'rank' });
    const none = unsigned.setIssuer(ISSUER).setAudience(AUDIENCE).setExpirationTime('5m').encode();
    assert.deepEqual(await refused(worker, `Bearer ${none}`), NOT_SIGNED);
  }));

test('a token that was good is good no longer once it has expired', () =>
  running({}, async (worker) => {
    // Three of the five seconds that clocks may differ by.
    const authorization = `Bearer ${await token({ expires: '-3s' })}`;
    const status = async () => (await worker.post('/v1/rank', QUERY, { headers: { authorization } })).status;
    assert.deepEqual([await status(), await status()], [200, 200]);
    await wait(3000);
    assert.equal((await refused(worker, authorization))[0].code, 'expired_token');
  }));

test('of a token that is remembered another text is none', () =>
  running({}, async (worker) => {
    const good = await token();
    const headers = { authorization: `Bearer ${good}` };
    for (let i = 0; i < 2; i++) assert.equal((await worker.post('/v1/rank', QUERY, { headers })).status, 200);
    const [head, claims, signature] = good.split('.');
    const forged = Buffer.from(claims, 'base64url').toString().replace('"acme"', '"beta"');
    const other = [head, Buffer.from(forged).toString('base64url'), signature].join('.');
    assert.deepEqual(await refused(worker, `Bearer ${other}`), NOT_SIGNED);
    assert.deepEqual(await refused(worker, `Bearer ${good}A`), NOT_SIGNED);
  }));

test('a token that does not expire is none', () =>
  running({}, async (worker) => {
    const endless = await new SignJWT({ tenant: 'acme', scope: 'rank' })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .sign(new TextEncoder().encode(SECRET));
    assert.deepEqual(await refused(worker, `Bearer ${endless}`), claim('exp'));
  }));

test('a scope opens its own routes', () =>
  running({}, async (worker) => {
    const headers = { authorization: `Bearer ${await token({ claims: { scope: 'rank other' } })}` };
    assert.equal((await worker.post('/v1/rank', QUERY, { headers })).status, 200);
    assert.equal((await worker.ask('/v1/catalog', { headers })).status, 200);
    const detail = 'expected a token with the scope shops';
    assert.deepEqual(await refused(worker, headers.authorization, '/v1/shops-for-good'), [
      { title: 'The token does not allow this', status: 403, detail, code: 'missing_scope' },
      'Bearer realm="goodsrank", error="insufficient_scope", scope="shops"',
    ]);
    const nothing = await token({ claims: { scope: undefined } });
    assert.equal((await refused(worker, `Bearer ${nothing}`, '/v1/rank'))[0].code, 'missing_scope');
  }));

test('a tenant has its own shards, and no other’s', () =>
  running({ files: tenant('acme') }, async (worker) => {
    const of = async (name) => ({ headers: { authorization: `Bearer ${await token({ claims: { tenant: name } })}` } });
    assert.equal((await worker.post('/v1/rank', QUERY)).status, 200);
    const none = await worker.post('/v1/rank', QUERY, await of('globex'));
    assert.equal((await none.json()).code, 'no_catalog');
    await worker.put(tenant('initech', SHARDS));
    const own = await worker.post('/v1/rank', QUERY, await of('initech'));
    assert.equal(own.status, 200);
  }));

test('keys of the issuer, given as a set: the secret is not one of them', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' };
  const env = { JWT_SECRET: '', JWT_JWKS: JSON.stringify({ keys: [jwk] }) };
  await running({ env }, async (worker) => {
    const signed = await new SignJWT({ tenant: 'acme', scope: 'rank' })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setExpirationTime('5m')
      .sign(privateKey);
    const headers = { authorization: `Bearer ${signed}` };
    assert.equal((await worker.post('/v1/rank', QUERY, { headers })).status, 200);
    assert.deepEqual(await refused(worker, `Bearer ${await token()}`), NOT_SIGNED);
  });
});

test('keys of an issuer that cannot be reached are no fault of the token', () =>
  running({ env: { JWT_SECRET: '', JWT_JWKS_URL: 'http://127.0.0.1:9/keys' } }, async (worker) => {
    const { privateKey } = await generateKeyPair('ES256');
    const signed = await new SignJWT({ tenant: 'acme', scope: 'rank' })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setExpirationTime('5m')
      .sign(privateKey);
    const [problem, challenge] = await refused(worker, `Bearer ${signed}`);
    assert.equal(problem.code, 'no_keys');
    assert.equal(challenge, null);
  }));

test('what is not set up shuts', async () => {
  const cases = [
    [{ SHARDS: '' }, 'SHARDS: expected a bucket, static assets or an address, found none'],
    [{ JWT_SECRET: '' }, 'AUTH: expected one of JWT_SECRET, JWT_JWKS and JWT_JWKS_URL, found 0'],
    [{ JWT_SECRET: 'short' }, 'JWT_SECRET: expected at least 32 bytes, found fewer'],
    [{ JWT_ISSUER: '' }, 'JWT_ISSUER: expected a text, found none'],
    [{ AUTH: 'off' }, 'AUTH: expected jwt or none, found off'],
    [{ MAX_LIMIT: 'many' }, 'MAX_LIMIT: expected a whole number from 1 to 10000, found many'],
  ];
  const env = { SHARDS: 'https://cdn.example/', JWT_SECRET: SECRET, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE };
  assert.equal(configOf(env).jwt.secret, SECRET);
  for (const [changes, why] of cases) {
    assert.throws(() => configOf({ ...env, ...changes }), { code: 'misconfigured', message: `misconfigured: ${why}` });
  }
  await running({ env: { AUTH: 'off' } }, async (worker) => {
    const response = await worker.post('/v1/rank', QUERY);
    const { detail, code } = await response.json();
    assert.deepEqual([response.status, code, detail], [500, 'misconfigured', 'misconfigured: AUTH: expected jwt or none, found off']);
  });
  await running({ env: { AUTH: 'none', JWT_SECRET: '' }, files: tenant('public') }, async (worker) => {
    assert.equal((await worker.post('/v1/rank', QUERY, { headers: { authorization: '' } })).status, 200);
  });
});
