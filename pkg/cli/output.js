import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file that is whole or not there, written aside and then renamed; or
 * to standard output, when `path` is left out.
 *
 * @param {string | undefined} path
 * @param {(write: (piece: string | Uint8Array) => Promise<void>) => Promise<void>} fill
 */
export async function deliver(path, fill) {
  if (path === undefined) {
    // The write's own callback reports it; without a listener it would be thrown.
    process.stdout.on('error', () => {});
    return fill(toStdout);
  }
  await mkdir(dirname(path), { recursive: true });
  const aside = join(dirname(path), `${basename(path)}.partial-${process.pid}`);
  const file = await open(aside, 'w');
  try {
    await fill(async (piece) => {
      await file.appendFile(piece);
    });
    await file.close();
    await rename(aside, path);
  } catch (error) {
    await file.close();
    await rm(aside, { force: true });
    throw error;
  }
}

/**
 * @param {string | Uint8Array} piece
 * @returns {Promise<void>}
 */
function toStdout(piece) {
  return new Promise((resolve, reject) => {
    process.stdout.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}
