import { GoodsRank } from 'goodsrank';

let catalog;

/** POST a list of sales; answers with the titles of ten goods. */
export async function POST(request) {
  catalog ??= await GoodsRank.open('public/shards/manifest.json');
  const ranking = catalog.rank({ shop: await request.json(), limit: 10 });
  return Response.json(Array.from(ranking, ({ titles }) => titles.title));
}
