import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import '../node.js';
import { Handle } from '../lib/handle.js';
import { openShard } from '../lib/shard.js';
import { reading } from './input.js';
import { Step } from './progress.js';

/**
 * Opens a folder with a manifest, or a .grs file.
 *
 * @param {string} shards
 */
export async function openCatalog(shards) {
  const folder = (await reading(shards, stat(shards))).isDirectory();
  const url = pathToFileURL(folder ? join(shards, 'manifest.json') : shards);
  const step = new Step('reading the shard');
  try {
    const { engine, cold } = await openShard(url, {
      onProgress: ({ loaded, total }) => step.at(loaded, total ?? 0),
    });
    return new Handle('the catalog', engine, cold);
  } finally {
    step.end();
  }
}
