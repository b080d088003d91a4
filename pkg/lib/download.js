// A file on its way in. A connection that breaks is taken up where it broke, if
// the server has ranges, and otherwise from the start.

import { chunks, request } from './http.js';
import { Retries } from './retry.js';

/**
 * @typedef {object} Download
 * @property {Response} response
 * @property {URL} url
 * @property {number | null} total bytes, null when nobody knows
 * @property {import('./manifest.js').Entry} [entry] of the manifest that named it
 * @property {string[]} [withdrawn] ids that the manifest withdraws
 * @property {import('./http.js').Asking['fetch']} [fetch] that it is asked by
 *
 * @typedef {object} Sink
 * @property {(chunk: Uint8Array) => Promise<boolean>} push whether that is enough
 * @property {() => void} restart what was pushed is void
 */

/**
 * @param {Download} download
 * @param {Sink} sink
 * @param {AbortSignal} [signal]
 */
export async function receive({ response, url, entry, fetch }, sink, signal) {
  const retries = new Retries();
  const range = rangeOf(response, entry !== undefined);
  let loaded = 0;
  for (;;) {
    try {
      for await (const chunk of chunks(response, url, signal)) {
        loaded += chunk.length;
        if (await sink.push(chunk)) return;
      }
      return;
    } catch (error) {
      await retries.after(error, signal);
      ({ response } = await request(url, { signal, fetch, retries, headers: range(loaded) }));
      if (continues(response, loaded)) continue;
      if (response.status === 206) {
        // Some other part.
        response.body?.cancel().catch(() => {});
        ({ response } = await request(url, { signal, fetch, retries }));
      }
      loaded = 0;
      sink.restart();
    }
  }
}

/**
 * How to ask for the rest of a file. One that has a hash is checked as a whole, so
 * it needs no If-Range, which would need leave from another origin.
 *
 * @param {Response} response the first
 * @param {boolean} hashed
 * @returns {(from: number) => Record<string, string>}
 */
function rangeOf({ headers }, hashed) {
  const validator = strong(headers.get('etag')) ?? headers.get('last-modified');
  const never = headers.get('accept-ranges') === 'none' || headers.has('content-encoding');
  if (never || !(hashed || validator)) return () => ({});
  /** @type {Record<string, string>} */
  const same = hashed || !validator ? {} : { 'if-range': validator };
  return (from) => (from === 0 ? {} : { range: `bytes=${from}-`, ...same });
}

/** @param {string | null} etag */
const strong = (etag) => (etag?.startsWith('W/') ? null : etag);

/**
 * Whether an answer goes on where the last one broke.
 *
 * @param {Response} response
 * @param {number} from
 */
function continues({ status, headers }, from) {
  const range = headers.get('content-range');
  return status === 206 && (range === null || range.startsWith(`bytes ${from}-`));
}
