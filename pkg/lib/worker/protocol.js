// What goes between a page and its worker. One request at a time: the next is
// posted when the last was answered, so one that waits can still be dropped.

import { GoodsRankError, messageOf } from '../error.js';

/**
 * @typedef {import('../../index.d.ts').GoodsRankErrorCode} Code
 * @typedef {import('./service.js').Calls} Calls
 * @typedef {keyof Calls} Name
 *
 * @typedef {{ id: number, call: Name, args: unknown[] }} Request
 *
 * @typedef {{ code: Code, message: string }} Crossed an error, without its stack
 * @typedef {{ ready: true }} Ready first of all: the script runs
 * @typedef {{ told: string, what?: unknown, error?: Crossed }} Told an option's callback, with its argument
 * @typedef {{ id: number, value: unknown }} Value
 * @typedef {{ id: number, error: Crossed }} Failure
 * @typedef {Ready | Told | Value | Failure} Answer
 *
 * What a Worker and a MessagePort have in common.
 *
 * @typedef {object} Port
 * @property {(message: any, transfer: Transferable[]) => void} postMessage
 * @property {((event: MessageEvent) => void) | null} onmessage
 *
 * @typedef {object} Ends
 * @property {((event: any) => void) | null} onerror
 * @property {() => unknown} terminate
 *
 * @typedef {Port & Ends} WorkerLike
 */

/**
 * @param {unknown} error
 * @returns {Crossed}
 */
export function crossed(error) {
  if (error instanceof GoodsRankError) return { code: error.code, message: error.message };
  const message = `internal error: ${messageOf(error)}; please report it`;
  return { code: 'internal', message };
}

/** @param {Crossed} error */
export function arrived({ code, message }) {
  return new GoodsRankError(code, message);
}
