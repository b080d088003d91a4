// Files that are read: their names in errors, streams of them.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

import { IdsReader } from '../dist/goodsrank_wasm.js';
import { GoodsRankError, messageOf } from '../lib/error.js';
import { guard } from '../lib/module.js';
import { Step } from './progress.js';

const CHUNK = 1 << 20;

/**
 * Reads a file whose first column is ids.
 *
 * @param {string} path
 * @param {string} name of the step
 */
export async function readIds(path, name) {
  const reader = guard(() => new IdsReader());
  await pour(path, name, (chunk) => reader.push(chunk));
  return ofFile(path, () => guard(() => reader.finish()));
}

/**
 * Pushes a file in pieces.
 *
 * @param {string} path
 * @param {string} name of the step
 * @param {(chunk: Uint8Array) => void} push
 */
export async function pour(path, name, push) {
  const { size } = await reading(path, stat(path));
  const step = new Step(name);
  let done = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
      ofFile(path, () => guard(() => push(chunk)));
      done += chunk.length;
      step.at(done, size);
    }
  } finally {
    step.end();
  }
}

/**
 * What a file gives, its name in the error if it gives none.
 *
 * @template T
 * @param {string} path
 * @param {Promise<T>} promise
 */
export async function reading(path, promise) {
  try {
    return await promise;
  } catch (error) {
    throw new Error(`cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * Calls what reads a file's content, with the file's name in its error.
 *
 * @template T
 * @param {string} path
 * @param {() => T} call
 */
export function ofFile(path, call) {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof GoodsRankError)) throw error;
    throw new GoodsRankError(error.code, `${path}: ${error.message}`, { cause: error });
  }
}
