// What the runtimes are compared by.

import { answers } from './queries.mjs';

/**
 * SHA-256 of everything that a catalog answers. The queries are
 * tests/node/queries.mjs, which the test puts beside this file.
 */
export async function digest(catalog, options) {
  const text = new TextEncoder().encode(answers(catalog, options));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
