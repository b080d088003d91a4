// Posts the titles that the element shows, once it shows twenty, and whether its styles are there.

addEventListener('goods-rank-error', ({ detail }) => post({ error: detail.message }));
addEventListener('error', ({ message }) => post({ error: message }));
await import('goodsrank/element').catch((error) => post({ error: String(error) }));

const { shadowRoot } = document.querySelector('goods-rank');
const looking = setInterval(() => {
  const titles = Array.from(shadowRoot.querySelectorAll('.good .title'), ({ textContent }) => textContent);
  if (titles.length < 20) return;
  clearInterval(looking);
  const styled = getComputedStyle(shadowRoot.querySelector('.good')).display !== 'inline';
  post({ runtime: navigator.userAgent, titles, styled });
}, 50);

function post(found) {
  return fetch('/', { method: 'POST', body: JSON.stringify(found) });
}
