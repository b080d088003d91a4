// What a page does with a catalog from opening to closing, and what is left of it.

import wasm from '../../pkg/dist/goodsrank_wasm.js';
import { GoodsRank } from '../../pkg/node.js';

/**
 * Opens, ranks, matches a file and closes; on the way one open fails.
 *
 * @param {Uint8Array} bytes of a shard
 */
export async function cycle(bytes) {
  const catalog = await GoodsRank.open(bytes);
  const sales = catalog.matchSales('good_id,quantity\nG0000001,2\nG0000002,1\n');
  const ranking = catalog.rank({ shop: sales, rules: { text: '装' } });
  catalog.rank({ shop: catalog.info.shops[0]?.id, limit: 50 }).row(0);
  sales.close();
  catalog.close();
  await GoodsRank.open(bytes.subarray(0, 20_000)).catch(() => {});
  return ranking.length;
}

/** Bytes of the module's memory, which grows and never shrinks. */
export const memory = async () => (await wasm()).memory.buffer.byteLength;
