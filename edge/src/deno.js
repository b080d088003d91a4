// The entry for Deno: `deno serve --allow-env --allow-net --allow-read src/deno.js`.

import { handle } from './app.js';

const env = globalThis.Deno.env.toObject();
// A server that lives on needs no promise kept for it.
const context = { waitUntil() {} };

export default {
  /** @param {Request} request */
  fetch: (request) => handle(request, env, context),
};
