import { GoodsRankError } from '../error.js';
import { crossed } from './protocol.js';
import { calls } from './service.js';

/**
 * @typedef {import('./protocol.js').Port} Port
 * @typedef {import('./protocol.js').Request} Request
 */

/**
 * Answers what comes in at a port. Gives what ends it, and the catalog with it.
 *
 * @param {Port} port
 */
export function serve(port) {
  const stop = new AbortController();
  /** @type {import('../catalog.js').GoodsRank | undefined} */
  let catalog;
  /** @param {string} told @param {unknown} what */
  const tell = (told, what) => {
    const failed = what instanceof GoodsRankError;
    port.postMessage(failed ? { told, error: crossed(what) } : { told, what }, []);
  };
  const service = calls(stop.signal, (opened) => {
    catalog = opened;
    if (stop.signal.aborted) catalog.close();
  });
  port.onmessage = async ({ data }) => {
    const { id, call, args } = /** @type {Request} */ (data);
    try {
      const ask = /** @type {(...args: unknown[]) => unknown} */ (service[call]);
      const value = await ask(...args, ...(call === 'open' ? [tell] : []));
      port.postMessage({ id, value }, call === 'rank' ? buffers(value) : []);
    } catch (error) {
      port.postMessage({ id, error: crossed(error) }, []);
    }
  };
  port.postMessage({ ready: true }, []);
  return () => {
    stop.abort();
    catalog?.close();
  };
}

/**
 * The memory of an answer's columns, which moves instead of being copied.
 *
 * @param {any} value
 */
function buffers(value) {
  const columns = Object.values(value).flat().filter(ArrayBuffer.isView);
  return [...new Set(columns.map(({ buffer }) => /** @type {ArrayBuffer} */ (buffer)))];
}
