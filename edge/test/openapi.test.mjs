// The document against the real answers, and against the code.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import Ajv from 'ajv/dist/2020.js';

import { GoodsRank } from '../../pkg/node.js';
import { fixture } from '../../tests/node/fixture.mjs';
import { queries } from '../../tests/node/queries.mjs';
import { NUMBERS } from '../src/config.js';
import { PROBLEMS } from '../src/problem.js';
import { ROUTES } from '../src/routes.js';
import { running } from './worker.mjs';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const document = JSON.parse(read('../openapi.json'));
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true }).addSchema(document, 'openapi');

/** What keeps a value from being of a schema. */
function faults(schema, value) {
  const validate = ajv.compile({ $ref: `openapi#${schema.$ref?.slice(1) ?? schema}` });
  return validate(value) ? null : JSON.stringify(validate.errors, null, 1);
}

/** Asks, and holds the answer to what the document says of it. */
async function checked(worker, method, path, body) {
  const response = body === undefined ? await worker.ask(path) : await worker.post(path, body);
  const described = document.paths[path][method].responses[response.status];
  assert.ok(described, `${path} may answer ${response.status}`);
  const whole = described.$ref ? document.components.responses[described.$ref.split('/').at(-1)] : described;
  const [[type, { schema }]] = Object.entries(whole.content);
  assert.equal(response.headers.get('content-type'), type);
  for (const name of Object.keys(whole.headers)) assert.ok(response.headers.get(name), name);
  const value = await response.json();
  if (schema.$ref) assert.equal(faults(schema, value), null);
  return response.status;
}

test('what is answered is what the document says', () =>
  running({}, async (worker) => {
    for (const path of ['/openapi.json', '/v1/healthz', '/v1/catalog']) {
      assert.equal(await checked(worker, 'get', path), 200);
    }
    const catalog = await GoodsRank.open(fixture().bytes);
    for (const query of queries(catalog.info)) {
      assert.equal(faults('/components/schemas/Query', query), null, JSON.stringify(query));
      if ((query.limit ?? 0) > 1000) continue;
      assert.equal(await checked(worker, 'post', '/v1/rank', query), 200);
    }
    const good = { good: 'G0000017' };
    assert.equal(faults('/components/schemas/ShopsQuery', good), null);
    assert.equal(await checked(worker, 'post', '/v1/shops-for-good', good), 200);
    assert.equal(await checked(worker, 'post', '/v1/shops-for-good', { good: 'none' }), 422);
    assert.deepEqual(await (await worker.ask('/openapi.json')).json(), document);
  }));

test('what the document refuses the worker refuses', () =>
  running({}, async (worker) => {
    const refused = [
      { limit: 0 },
      { colour: 'red' },
      { shop: [{ quantity: 1 }] },
      { shop: [{ good: 'G0000017', kind: 'stolen' }] },
      { rules: { priceMin: 'low' } },
      { rules: { colour: 1 } },
      { policy: 'best' },
      { policy: { fit: 101 } },
      { policy: { colour: 1 } },
      { channel: { rent: 1 } },
      { channel: 'street' },
      { diversity: { explore: 0.6 } },
      { feedback: [{ good: 'G0000017', action: 'liked' }] },
    ];
    for (const query of refused) {
      assert.notEqual(faults('/components/schemas/Query', query), null, JSON.stringify(query));
      assert.equal(await checked(worker, 'post', '/v1/rank', query), 400, JSON.stringify(query));
    }
  }));

test('each route is in the document, and nothing else', () => {
  const routes = ROUTES.map(({ method, path }) => `${method} ${path}`).sort();
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.deepEqual(described.sort(), routes);
  for (const { method, path, scopes } of ROUTES) {
    const { description = '', security } = document.paths[path][method.toLowerCase()];
    const named = [...description.matchAll(/`(\w+)`/g)].map(([, scope]) => scope);
    assert.deepEqual(named, scopes ?? []);
    assert.equal(security !== undefined, scopes === null, path);
  }
});

test('the version is the package’s; the README knows every variable and problem', () => {
  assert.equal(document.info.version, JSON.parse(read('../package.json')).version);
  assert.equal(document.info.version, JSON.parse(read('../../pkg/package.json')).version);
  const readme = read('../README.md');
  const config = read('../src/config.js');
  for (const [, name] of config.matchAll(/'([A-Z][A-Z_]{3,})'/g)) assert.ok(readme.includes(`\`${name}\``), name);
  for (const [name, [value]] of Object.entries(NUMBERS)) {
    assert.ok(readme.includes(`| \`${name}\` | ${value.toLocaleString('en')} |`), `${name}: ${value}`);
  }
  for (const [code, [status]] of Object.entries(PROBLEMS)) {
    assert.ok(readme.includes(`| <a id="${code}"></a>\`${code}\` | ${status} |`), `${code}: ${status}`);
  }
});
