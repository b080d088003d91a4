// Which pages may ask. Tokens are in a header and not in a cookie, so `*` gives
// no page more than its own token does.

import { Problem } from './problem.js';

const EXPOSED = 'etag, goodsrank-catalog, server-timing, www-authenticate';
const MAX_AGE_SECONDS = 600;

/**
 * The headers that let the request's page read the answer.
 *
 * @param {Request} request
 * @param {string[]} origins
 * @returns {Record<string, string>}
 */
export function corsHeaders(request, origins) {
  const origin = request.headers.get('origin');
  const vary = { vary: 'origin' };
  if (origin === null || !allows(origins, origin)) return vary;
  return {
    ...vary,
    'access-control-allow-origin': origin,
    'access-control-expose-headers': EXPOSED,
    'timing-allow-origin': origin,
  };
}

/**
 * The answer to a page that asks beforehand.
 *
 * @param {Request} request
 * @param {string[]} origins
 * @param {string[]} methods of the route
 */
export function preflight(request, origins, methods) {
  const origin = request.headers.get('origin') ?? '';
  if (!allows(origins, origin)) {
    throw new Problem('bad_origin', 'expected an origin of CORS_ORIGINS, found another');
  }
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': methods.join(', '),
      'access-control-allow-headers': 'authorization, content-type, if-none-match',
      'access-control-max-age': String(MAX_AGE_SECONDS),
    },
  });
}

/** @param {string[]} origins @param {string} origin */
function allows(origins, origin) {
  return origin !== '' && (origins.includes('*') || origins.includes(origin));
}
