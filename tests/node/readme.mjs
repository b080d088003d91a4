// The code of pkg/README.md, as it stands there.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './fixture.mjs';

export const readme = readFileSync(join(root, 'pkg/README.md'), 'utf8');

/** Where each heading's code runs; a heading that is not here must have none. */
export const RUNS = {
  goodsrank: 'nowhere', // npm install
  'In a browser': 'page',
  'In a worker': 'page',
  'In Node': 'node',
  Bundlers: 'esbuild',
  'More of it': 'node',
  'The element': 'page',
  Loading: 'page',
};

/** Blocks of code in order: under which heading, in which language. */
export function blocks() {
  const found = [];
  let heading = '';
  for (const [, title, language, code] of readme.matchAll(/^##? (.+)$|^```(\w+)\n([^]*?)^```$/gm)) {
    if (title) heading = title;
    else found.push({ heading, language, code });
  }
  return found;
}

/** One language's code under the headings, in order. */
export const codeOf = (language, ...headings) =>
  blocks()
    .filter((block) => block.language === language && headings.includes(block.heading))
    .map(({ code }) => code);
