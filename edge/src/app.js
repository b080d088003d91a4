// One request: who asks, for what, of which catalog. The body is held for as
// long as it is answered, and neither stored nor logged.

import { authenticate } from './auth.js';
import { readBody } from './body.js';
import { configOf } from './config.js';
import { corsHeaders, preflight } from './cors.js';
import { conditional } from './etag.js';
import { log } from './log.js';
import { Problem, problemOf } from './problem.js';
import { routesAt } from './routes.js';
import { Store } from './store.js';
import { Timing } from './timing.js';

/**
 * @typedef {import('./config.js').Config} Config
 * @typedef {import('./config.js').Env} Env
 * @typedef {import('./routes.js').Route} Route
 * @typedef {import('./routes.js').Scoped} Scoped
 * @typedef {import('./source.js').Context} Context
 * @typedef {Record<string, string | number | null>} Entry
 */

/** Bytes of a body that is read for the connection's sake. */
const DRAINED = 1 << 16;

const store = new Store();
const decoder = new TextDecoder();

/**
 * @param {Request} request
 * @param {Env} env
 * @param {Context} context
 * @returns {Promise<Response>}
 */
export async function handle(request, env, context) {
  const timing = new Timing();
  /** @type {Entry} */
  const entry = { event: 'request', method: null, route: null, tenant: null };
  /** @type {Config | null} */
  let config = null;
  let response;
  try {
    config = configOf(env);
    response = await respond(request, config, context, timing, entry);
  } catch (error) {
    response = failed(error, entry);
    await drain(request);
  }
  const cors = config ? corsHeaders(request, config.origins) : {};
  const more = { ...cors, 'server-timing': timing.header, 'x-content-type-options': 'nosniff' };
  for (const [name, value] of Object.entries(more)) response.headers.set(name, value);
  log({ ...entry, status: response.status, ms: Math.round(timing.total) });
  return response;
}

/**
 * @param {Request} request
 * @param {Config} config
 * @param {Context} context
 * @param {Timing} timing
 * @param {Entry} entry
 */
async function respond(request, config, context, timing, entry) {
  const routes = routesAt(new URL(request.url).pathname);
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  if (request.method === 'OPTIONS') return preflight(request, config.origins, methods);
  const wanted = request.method === 'HEAD' ? 'GET' : request.method;
  const route = routes.find(({ method }) => method === wanted);
  if (!route) {
    throw new Problem('bad_method', `expected ${methods.join(' or ')}`, { headers: { allow: methods.join(', ') } });
  }
  // From the table and not from the request, which may hold anything.
  Object.assign(entry, { method: route.method, route: route.path });
  return route.scopes === null
    ? conditional(request, jsonOf(route.answer()), headersOf(route))
    : scoped(route, request, config, context, timing, entry);
}

/**
 * @param {Scoped} route
 * @param {Request} request
 * @param {Config} config
 * @param {Context} context
 * @param {Timing} timing
 * @param {Entry} entry
 */
async function scoped(route, request, config, context, timing, entry) {
  const { tenant } = await authenticate(request, config, route.scopes);
  entry.tenant = tenant;
  timing.mark('auth');
  const body = route.method === 'POST' ? await readBody(request, config) : {};
  timing.mark('body');
  const ask = async () => {
    const { catalog, version, found } = await store.get(tenant, config, context);
    timing.mark('shard', found);
    const answer = route.answer({ config, catalog, body });
    return { version, answer: jsonOf(answer) };
  };
  const { version, answer } = await ask().catch((error) => {
    if (error?.code !== 'closed') throw error;
    // By a trap of another request: what is open now is of the engine before.
    store.clear();
    return ask();
  });
  timing.mark('answer');
  const headers = { ...headersOf(route), 'goodsrank-catalog': version };
  return route.method === 'GET' ? conditional(request, answer, headers) : new Response(answer, { headers });
}

/**
 * As a text: bytes lie outside of the JavaScript heap, and V8 lets 64 MB of them
 * pile up before it looks for those that nobody needs.
 *
 * @param {unknown} answer a value, or the bytes of its JSON
 */
function jsonOf(answer) {
  return answer instanceof Uint8Array ? decoder.decode(answer) : JSON.stringify(answer);
}

/** @param {Route} route */
function headersOf(route) {
  return { 'content-type': 'application/json', 'cache-control': route.cache };
}

/** @param {unknown} error @param {Entry} entry */
function failed(error, entry) {
  const problem = problemOf(error);
  entry.code = problem.code;
  // Its message may quote the query; its name cannot.
  if (problem.code === 'internal') entry.error = nameOf(problem.cause);
  if (problem.code === 'misconfigured') entry.message = problem.message;
  return problem.response();
}

/**
 * Reads what a refused caller sent, where that is little: a connection whose
 * body nobody read is cut, and the caller's next request with it.
 *
 * @param {Request} request
 */
async function drain(request) {
  if (request.bodyUsed || !request.body) return;
  const length = Number(request.headers.get('content-length') ?? Infinity);
  if (length <= DRAINED) await request.arrayBuffer().catch(() => {});
}

/** @param {unknown} error */
function nameOf(error) {
  return error instanceof Error ? error.name : typeof error;
}
