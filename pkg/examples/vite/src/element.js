import 'goodsrank/element';

document.querySelector('goods-rank').addEventListener('goods-rank-error', ({ detail }) => {
  console.error(detail.code, detail.message);
});
