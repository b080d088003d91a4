import { GoodsRank } from 'goodsrank';

const catalog = await GoodsRank.open('/shards/manifest.json');
const shop = [{ good: 'G0000017', quantity: 12 }, { good: 'G0000231' }];
const list = document.querySelector('ol');
for (const { titles } of catalog.rank({ shop, limit: 10 })) {
  list.append(Object.assign(document.createElement('li'), { textContent: titles.title }));
}
catalog.close();
