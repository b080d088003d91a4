import { GoodsRankError, badQuery, messageOf, shown } from './error.js';
import { host } from './host.js';
import { Retries, mayPass, retryAfter } from './retry.js';

/**
 * @typedef {object} Asking
 * @property {AbortSignal} [signal]
 * @property {import('../index.d.ts').OpenOptions['fetch']} [fetch] in the host's place
 * @property {Record<string, string>} [headers]
 * @property {Retries} [retries]
 */

/**
 * Asks for an address and refuses every answer but a good one. Asks again where
 * what went wrong may pass.
 *
 * @param {string | URL} source
 * @param {Asking} [asking]
 * @returns {Promise<{ url: URL, response: Response }>}
 */
export async function request(source, asking = {}) {
  const { signal, headers, retries = new Retries(), fetch = host.fetch } = asking;
  const url = resolve(source);
  for (;;) {
    try {
      const response = await reached(fetch(url, signal, headers), url, signal);
      if (!response.ok) throw refused(response, url);
      return { url: new URL(response.url || url), response };
    } catch (error) {
      await retries.after(error, signal);
    }
  }
}

/**
 * @param {Response} response
 * @param {URL} url
 */
function refused(response, url) {
  const { status } = response;
  response.body?.cancel().catch(() => {});
  const error = failed(url, `expected status 200, found ${status}`, { status });
  return status === 429 || status >= 500 ? mayPass(error, retryAfter(response)) : error;
}

/**
 * The chunks of an answer as they arrive. Leaving the loop ends the download.
 *
 * @param {Response} response
 * @param {URL} url
 * @param {AbortSignal} [signal]
 * @returns {AsyncGenerator<Uint8Array, void>}
 */
export async function* chunks(response, url, signal) {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reached(reader.read(), url, signal);
      signal?.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    // Does nothing to a download that is complete.
    reader.cancel().catch(() => {});
  }
}

/**
 * @param {Response} response
 * @param {URL} url
 * @param {AbortSignal} [signal]
 */
export function text(response, url, signal) {
  return reached(response.text(), url, signal);
}

/** @param {string | URL} source */
export function resolve(source) {
  try {
    return host.resolve(source);
  } catch {
    throw badQuery('source', 'an address', shown(source));
  }
}

/**
 * What the network gives, or why it does not: the signal's reason when it was
 * told to stop, and otherwise `fetch_failed`.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {URL} url
 * @param {AbortSignal} [signal]
 */
async function reached(promise, url, signal) {
  try {
    return await promise;
  } catch (cause) {
    signal?.throwIfAborted();
    const error = failed(url, reason(cause), cause);
    throw url.protocol === 'file:' ? error : mayPass(error);
  }
}

/**
 * The innermost message: fetch itself says no more than "fetch failed".
 *
 * @param {unknown} error
 * @returns {string}
 */
function reason(error) {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? messageOf(error) : reason(cause);
}

/**
 * @param {URL} url
 * @param {string} why
 * @param {unknown} [cause]
 */
function failed(url, why, cause) {
  return new GoodsRankError('fetch_failed', `fetch failed: ${url}: ${why}`, { cause });
}
