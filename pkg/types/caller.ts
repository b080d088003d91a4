// A caller of each entry, by its name. Nothing here runs.

import { GoodsRank, GoodsRankError, init, initSync } from 'goodsrank';
import type { CatalogInfo, Query, Ranking } from 'goodsrank';
import { GoodsRankElement } from 'goodsrank/element';
import { init as initFull } from 'goodsrank/full';
import wasm from 'goodsrank/goodsrank.wasm';
import full from 'goodsrank/goodsrank-full.wasm';
import { init as initSlim } from 'goodsrank/slim';
import { GoodsRank as Remote } from 'goodsrank/worker';
import type { Ranking as RemoteRanking } from 'goodsrank/worker';
import 'goodsrank/worker/script';

export async function entries(query: Query): Promise<[Ranking, RemoteRanking]> {
  await Promise.all([init(), initFull(full), initSlim(wasm)]);
  initSync(wasm);
  const catalog = await GoodsRank.open('/shards/manifest.json');
  const remote = await Remote.open('/shards/manifest.json', { wasm: full });
  const info: CatalogInfo = remote.info;
  void [info, GoodsRankElement];
  return [catalog.rank(query), await remote.rank({ shop: 's1' })];
}

export function codes(error: unknown): string {
  return error instanceof GoodsRankError ? error.code : '';
}

// @ts-expect-error a worker's ranking is not here at once
export const never: (catalog: Remote) => RemoteRanking = (catalog) => catalog.rank();

// @ts-expect-error what is inside is not for callers
export type Inside = typeof import('goodsrank/lib/module.js');
