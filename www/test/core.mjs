// What the core declares, read from its source: the page names it again.

import { readFile } from 'node:fs/promises';

/** @param {string} file */
export function core(file) {
  return readFile(new URL(`../../src/${file}`, import.meta.url), 'utf8');
}
