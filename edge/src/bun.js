// The entry for Bun: `bun src/bun.js`.

import { handle } from './app.js';

const env = { ...globalThis.Bun.env };
// A server that lives on needs no promise kept for it.
const context = { waitUntil() {} };

export default {
  /** @param {Request} request */
  fetch: (request) => handle(request, env, context),
};
