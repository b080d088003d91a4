// index.d.ts is written by hand: this holds it to the code, and to what a
// caller may and may not write. Nothing here runs.

import type * as declared from '../index.d.ts';
import * as entry from '../node.js';
import { GoodsRank } from '../lib/catalog.js';
import { GoodsRankError } from '../lib/error.js';
import { init, initSync } from '../lib/module.js';
import { Ranking } from '../lib/ranking.js';
import { SalesMatch } from '../lib/sales.js';
import { Users } from '../lib/users.js';
import * as remote from '../worker.node.js';
import type * as worker from '../worker.d.ts';

// From lib/ and not from an entry: of index.js the compiler takes index.d.ts.
export const functions: Pick<typeof declared, 'init' | 'initSync' | 'GoodsRankError'> = {
  init,
  initSync,
  GoodsRankError,
};
export const open: typeof declared.GoodsRank.open = GoodsRank.open;

export function instances(
  catalog: GoodsRank,
  ranking: Ranking,
  sales: SalesMatch,
  users: Users,
): [declared.GoodsRank, declared.Ranking, declared.SalesMatch, declared.Users] {
  return [catalog, ranking, sales, users];
}

export const openRemote: typeof worker.GoodsRank.open = remote.GoodsRank.open;

export function remotes(
  catalog: remote.GoodsRank,
  ranking: remote.Ranking,
  sales: remote.SalesMatch,
  users: remote.Users,
): [worker.GoodsRank, worker.Ranking, worker.SalesMatch, worker.Users] {
  return [catalog, ranking, sales, users];
}

export async function remoteQueries(signal: AbortSignal, local: declared.SalesMatch): Promise<void> {
  const createWorker = () => new Worker('/goodsrank.js', { type: 'module' });
  using catalog: worker.GoodsRank = await openRemote('/x.grs', { signal, createWorker });
  using sales = await catalog.matchSales('good_id\n1\n', { signal });
  const ranking = await catalog.rank({ shop: sales, policy: 'fit' }, { signal });
  const columns: Int32Array = ranking.terms.fit;
  for await (const good of ranking) void (good.score + (columns[0] ?? 0));

  // @ts-expect-error what another thread holds cannot be sent
  catalog.rank({ shop: local });
}

// What a caller may write, and may not.
export async function queries(signal: AbortSignal): Promise<void> {
  const options: declared.OpenOptions = { signal, onProgress: ({ loaded }) => void loaded };
  using catalog: declared.GoodsRank = await open(new URL('https://example.org/x.grs'), options);
  const onUpdate = ({ hash }: declared.CatalogUpdate) => void hash;
  await open('/manifest.json', { cache: true, onUpdate, onWarning: ({ code }) => void code });
  await open('/manifest.json', { publicKey: new Uint8Array(32) });
  // @ts-expect-error a key is bytes, or their base64
  await open('/manifest.json', { publicKey: 7 });
  const gone: boolean | undefined = catalog.good('g1')?.withdrawn;
  const howMany: number = catalog.info.withdrawn;
  void [gone, howMany];
  // @ts-expect-error what is kept has no age
  await open('/manifest.json', { cache: 3600 });
  using sales = catalog.matchSales('good_id\n1\n');

  using users = catalog.matchUsers('email,good_id\n', { thresholds: { reach: 0 } });

  catalog.rank();
  catalog.rank({ shop: users });
  const reach: (number | null)[] = users.hot({ limit: 5 }).map((user) => user.reach);
  const wanted: declared.Because[] = users.wants('g1').flatMap((want) => want.because);
  catalog.matchUsers('', { layers: { kol: { visits: 9, cost: 0.1 } }, tRef: 1, decay: 0.5 });
  // @ts-expect-error nobody knows how far an unknown layer is
  catalog.matchUsers('', { layers: { unknown: { visits: 9 } } });
  catalog.rank({ shop: 's1', policy: 'fit', limit: 5 });
  catalog.rank({ shop: [{ good: 'g1', quantity: 2, kind: 'list' }], policy: { fit: 1 } });
  catalog.rank({ shop: sales, rules: { categories: ['food'], priceMax: 500, includeSold: true } });
  catalog.rank({ policy: 'profit', channel: 'live', rules: { marginMin: 0.2, inStock: true } });
  catalog.rank({ policy: { margin: 1, risk: 0.5 }, channel: { markup: 0.6, returnCost: 800 } });
  catalog.rank({ policy: '1688', diversity: { collapse: true, perSupplier: 3, explore: 0.1 } });
  catalog.rank({ rules: { notCategories: ['baby'], withoutRisks: ['brand', 'cooling'] } });
  catalog.rank({ feedback: [{ good: 'g1', action: 'notForMe', reason: 'returns' }] });
  catalog.rank({ feedback: 'good_id,action\ng1,saved\n', rules: { exclude: ['g2'] } });

  catalog.shopsFor('g1');
  const shops: declared.RankedShop[] = catalog.shopsFor('g1', { limit: 5 });

  // @ts-expect-error shops for a good know no rules
  catalog.shopsFor('g1', { rules: {} });
  // @ts-expect-error a policy has no such preset
  catalog.rank({ policy: 'cheap' });
  // @ts-expect-error nor the score such a term
  catalog.rank({ policy: { profit: 1 } });
  // @ts-expect-error nor a shop such a channel
  catalog.rank({ channel: 'street' });
  // @ts-expect-error nor a channel such a cost
  catalog.rank({ channel: { rent: 1 } });
  // @ts-expect-error nor what is shown such a limit
  catalog.rank({ diversity: { perShop: 1 } });
  // @ts-expect-error nor a good such a risk
  catalog.rank({ rules: { withoutRisks: ['fire'] } });
  // @ts-expect-error nor a merchant such a reason
  catalog.rank({ feedback: [{ good: 'g1', action: 'notForMe', reason: 'ugly' }] });
  // @ts-expect-error nor a query such a field
  catalog.rank({ top: 5 });
  // @ts-expect-error nor an event such a kind
  catalog.rank({ shop: [{ good: 'g1', kind: 'stolen' }] });
  // @ts-expect-error a catalog is opened, not made
  new entry.GoodsRank();

  for (const good of catalog.rank()) {
    const score: number = good.terms.fit + good.terms.margin + good.terms.risk;
    const price: number | null = good.price;
    const risks: declared.RiskName[] = good.risks;
    void [score, price, risks];
  }
  const { terms: columns, policy, removed, relax } = catalog.rank();
  const weight: number = policy.returns;
  const terms: Int32Array = columns.priceAdvantage;
  const rules: declared.Removed[] = relax ? [relax, ...removed] : removed;
  const code: declared.GoodsRankErrorCode = new entry.GoodsRankError('closed', '').code;
  void [terms, weight, rules, code, shops, reach, wanted];
}
