// What may be asked. A route is a row: the rest of the worker knows none by name.

import openapi from '../openapi.json' with { type: 'json' };
import { Problem, badQuery } from './problem.js';

/**
 * @typedef {import('goodsrank/full').GoodsRank} GoodsRank
 * @typedef {import('goodsrank/full').Query} Query
 * @typedef {import('./config.js').Config} Config
 *
 * @typedef {object} Asked
 * @property {Config} config
 * @property {GoodsRank} catalog of the tenant
 * @property {Record<string, unknown>} body
 *
 * What anybody may ask, and no catalog answers:
 * @typedef {{ method: 'GET', path: string, scopes: null, cache: string, answer: () => unknown }} Open
 *
 * What a token with one of the scopes may ask of its tenant's catalog:
 * @typedef {object} Scoped
 * @property {'GET' | 'POST'} method
 * @property {string} path
 * @property {string[]} scopes
 * @property {string} cache the header cache-control
 * @property {(asked: Asked) => unknown} answer a value, or its JSON; synchronous: the
 *   catalog may be closed after a wait
 *
 * @typedef {Open | Scoped} Route
 */

const VERSION = openapi.info.version;
const LIMIT = 20;

/** @type {Route[]} */
export const ROUTES = [
  { method: 'GET', path: '/openapi.json', scopes: null, cache: 'public, max-age=300', answer: () => openapi },
  { method: 'GET', path: '/v1/healthz', scopes: null, cache: 'no-store', answer: healthz },
  { method: 'GET', path: '/v1/catalog', scopes: ['rank', 'shops'], cache: 'private, no-cache', answer: catalog },
  { method: 'POST', path: '/v1/rank', scopes: ['rank'], cache: 'no-store', answer: rank },
  { method: 'POST', path: '/v1/shops-for-good', scopes: ['shops'], cache: 'no-store', answer: shopsForGood },
];

/**
 * The routes of an address, by method.
 *
 * @param {string} path
 */
export function routesAt(path) {
  const routes = ROUTES.filter((route) => route.path === path);
  if (routes.length > 0) return routes;
  throw new Problem('not_found', 'expected an address of /openapi.json, found another');
}

function healthz() {
  return { status: 'ok', version: VERSION };
}

/** @param {Asked} asked */
function catalog({ catalog }) {
  return catalog.info;
}

/** @param {Asked} asked */
function rank({ catalog, body, config }) {
  const query = /** @type {Query} */ ({ ...body, limit: limitOf(body, config) });
  return catalog.rankJson(query);
}

/** @param {Asked} asked */
function shopsForGood({ catalog, body, config }) {
  const { good, limit, ...others } = body;
  const [other] = Object.keys(others);
  if (other !== undefined) {
    const found = `the field ${other}`;
    throw badQuery(other, 'an object with the fields good and limit at most', found);
  }
  if (typeof good !== 'string') throw badQuery('good', "a good's id", shown(good));
  return { shops: catalog.shopsFor(good, { limit: limitOf({ limit }, config) }) };
}

/** @param {{ limit?: unknown }} body @param {Config} config */
function limitOf({ limit }, { maxLimit }) {
  if (limit === undefined || limit === null) return Math.min(LIMIT, maxLimit);
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= maxLimit) return limit;
  throw badQuery('limit', `a whole number from 1 to ${maxLimit}`, shown(limit));
}

/** @param {unknown} value */
function shown(value) {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' && value !== null ? 'an object' : (JSON.stringify(value) ?? 'none');
}
