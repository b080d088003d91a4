import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';

import { sampleCategories } from '../src/sample-categories.js';

const vocabulary = new URL('../../builder/src/sample/vocabulary/', import.meta.url);

/** Paths and Chinese names of the sample, as the builder has them. */
async function builderNames() {
  const names = [];
  for (const file of await readdir(vocabulary)) {
    const source = await readFile(new URL(file, vocabulary), 'utf8');
    const [shelf, ...leaves] = [...source.matchAll(/key: "([^"]+)",\s+zh: "([^"]+)"/g)];
    if (shelf === undefined) continue;
    names.push([shelf[1], shelf[2]], ...leaves.map(([, key, zh]) => [`${shelf[1]}/${key}`, zh]));
  }
  return Object.fromEntries(names);
}

test('the page calls the sample’s categories what the builder calls them', async () => {
  const here = Object.entries(sampleCategories).map(([path, names]) => [path, names['zh-CN']]);
  assert.deepEqual(Object.fromEntries(here), await builderNames());
});
