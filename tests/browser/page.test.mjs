// The merchant's page in a real Chromium, served by `goodsrank serve` from the
// built www/dist and a built sample catalog. Needs target/release/goodsrank,
// www/dist and Chromium (CHROMIUM may name it); a missing one is an error.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { after, before, beforeEach, afterEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { launch } from './chromium.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const goodsrank = `${root}target/release/goodsrank`;
const catalog = `${root}target/test/catalog`;
const shards = `${root}target/test/shards`;

/** What only the merchant's file holds; no request may. */
const SECRET = 'unheard-of-good-7351';

const run = promisify(execFile);

/** A sample catalog, unless this builder has built it before. */
async function buildShards() {
  const [builder, built] = await Promise.all([
    changed(goodsrank),
    changed(`${shards}/manifest.json`),
  ]);
  if (builder < built) return;
  await run(goodsrank, ['sample', catalog]);
  await run(goodsrank, ['build', catalog, '--out', shards]);
}

/** When a file was last written; 0 where there is none. */
async function changed(file) {
  const found = await stat(file).catch(() => null);
  return found?.mtimeMs ?? 0;
}

/** Starts the server; resolves to it and its address. */
async function serve() {
  const args = [
    'serve',
    '--root',
    `${root}www/dist`,
    '--shards',
    shards,
    '--address',
    '127.0.0.1:0',
  ];
  const server = spawn(goodsrank, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: server.stdout })) {
    const address = line.match(/serving (http:\/\/\S+)/)?.[1];
    if (address) return { server, address: address.replace(/\/$/, '') };
  }
  throw new Error('goodsrank serve ended without serving');
}

let server, address, browser;

before(async () => {
  await buildShards();
  ({ server, address } = await serve());
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.kill();
});

/** A page with what it asked of the network and what it complained of. */
async function open({ locale = 'en-US', width = 1280, path = '/', prepare } = {}) {
  const context = await browser.newContext({ locale, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const requests = [];
  const complaints = [];
  page.on('request', (request) => requests.push(request));
  page.on('websocket', (socket) => complaints.push(`a web socket to ${socket.url()}`));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await prepare?.(page);
  await page.goto(address + path);
  return { context, page, requests, complaints };
}

const rows = (page) => page.locator('goods-rank .good');
const titles = (page) => page.locator('goods-rank .good .title').allTextContents();

/** Waits for the ranking that an action leads to. */
async function ranked(page, act) {
  await page.evaluate(() => {
    window.ranked = new Promise((resolve) => {
      addEventListener('goods-rank-ranked', (event) => resolve(event.detail.rows.length), {
        once: true,
      });
    });
  });
  await act();
  const length = await page.evaluate(() => window.ranked);
  await page.evaluate(() => document.querySelector('goods-rank').updateComplete);
  return length;
}

/** Each row's terms and score as numbers: as shown, and exactly. */
function figures(page) {
  return page.locator('goods-rank .good').evaluateAll((goods) => {
    const number = (text) => Number(text.replace('\u2212', '-'));
    return goods.map((good) => ({
      shown: [...good.querySelectorAll('.part .figure')].map((part) => part.textContent.trim()),
      exact: [...good.querySelectorAll('.part')].map((part) => number(part.title)),
      score: number(good.querySelector('.score b').textContent),
      exactScore: number(good.querySelector('.score').title),
    }));
  });
}

async function paste(page, csv) {
  await page.getByRole('radio', { name: 'My sales file' }).check();
  await page.getByRole('button', { name: 'Paste rows' }).click();
  await page.getByLabel('CSV rows, the first line naming the columns').fill(csv);
  await ranked(page, () => page.getByRole('button', { name: 'Match these rows' }).click());
}

describe('the merchant’s page', () => {
  let opened, page;

  beforeEach(async () => {
    opened = await open();
    page = opened.page;
    await rows(page).first().waitFor();
  });

  afterEach(async () => {
    await opened.context.close();
    assert.deepEqual(opened.complaints, []);
    for (const request of opened.requests) {
      assert.equal(request.method(), 'GET', request.url());
      assert.equal(new URL(request.url()).origin, address, 'no request goes elsewhere');
      assert.equal(request.postData(), null);
      const { pathname, search } = new URL(request.url());
      assert.match(pathname, /^\/($|index\.html$|favicon\.svg$|assets\/|shards\/)/);
      assert.equal(search, '', 'nothing is told in an address');
    }
  });

  test('ranks for the first sample shop at once', async () => {
    assert.equal(await rows(page).count(), 20);
    await page.getByText(/Ranked [\d,]+ goods in (< )?[\d.]+ ms, in this page/).waitFor();
    await page.getByText('Your sales never leave this page').waitFor();
  });

  test('terms sum to the score, as shown and exactly', async () => {
    for (const { shown, exact, score, exactScore } of await figures(page)) {
      const sum = (numbers, unit) => Math.round(numbers.reduce((a, b) => a + b, 0) * unit);
      assert.equal(sum(exact, 1e6), Math.round(exactScore * 1e6));
      const numbers = shown.map((text) => (text === '–' ? 0 : Number(text.replace('\u2212', '-'))));
      assert.equal(sum(numbers, 1e3), Math.round(score * 1e3), shown.join(' '));
    }
  });

  test('another shop gets another ranking, chosen by keyboard', async () => {
    const first = await titles(page);
    const field = page.getByRole('combobox', { name: 'Choose a shop' });
    await field.click();
    await field.press('ArrowDown');
    await field.press('ArrowDown');
    await ranked(page, () => field.press('Enter'));
    assert.notDeepEqual(await titles(page), first);
    await page.getByText(/sells [\d,]+ goods of this catalog/).waitFor();
  });

  test('the sliders of a preset weigh what the preset weighs', async () => {
    const presets = await page.locator('goods-rank input[name=policy]').evaluateAll((inputs) => {
      return inputs.map((input) => input.getAttribute('aria-label'));
    });
    assert.equal(presets.length, 9);
    for (const preset of presets.slice(0, -1)) {
      if (preset !== 'Balanced') {
        await ranked(page, () => page.getByRole('radio', { name: preset, exact: true }).check());
      }
      const before = await figures(page);
      await ranked(page, () => page.getByRole('radio', { name: 'Custom' }).check());
      assert.deepEqual(await figures(page), before);
    }
  });

  test('a weight re-ranks as it moves', async () => {
    const before = await figures(page);
    await page.getByRole('button', { name: 'Weights' }).click();
    assert.equal(await page.getByRole('slider').count(), 16);
    await ranked(page, () => page.getByRole('slider', { name: 'Weight of Heat' }).fill('2'));
    assert.notDeepEqual(await figures(page), before);
    assert.equal(await page.getByRole('radio', { name: 'Custom' }).isChecked(), true);
  });

  test('a cost that is typed makes the channel one’s own, until a preset is chosen', async () => {
    const live = page.getByRole('radio', { name: 'Live', exact: true });
    await ranked(page, () => live.check());
    await page.getByRole('button', { name: 'Costs' }).click();
    const commission = page.getByLabel('Commission');
    assert.equal(await commission.inputValue(), '20');
    await ranked(page, () => commission.fill('200'));
    await page.getByText('Not a cost that can be').waitFor();
    await ranked(page, () => commission.fill('12.5'));
    assert.equal(await page.getByText('Not a cost that can be').count(), 0);
    assert.equal(await live.isChecked(), false);
    await ranked(page, () => live.check());
    assert.equal(await commission.inputValue(), '20');
  });

  test('supply and risks filter, and are named where they are', async () => {
    await page.getByRole('button', { name: 'Supply and risk' }).click();
    await ranked(page, () => page.getByLabel('Lead time up to').fill('3'));
    const metas = await page.locator('goods-rank .meta').allTextContents();
    assert.equal(metas.length, 20);
    for (const meta of metas) assert.match(meta, /(?<!\d)[0-3] days?/);
    const cooling = page.getByRole('checkbox', { name: 'Cooling' });
    await ranked(page, () => cooling.check());
    const risks = await page.locator('goods-rank .risks li').allTextContents();
    assert.ok(!risks.some((risk) => risk.trim() === 'Cooling'));
    await page.getByRole('button', { name: 'Supply and risk (2)' }).waitFor();
    const chip = page.getByRole('button', { name: 'Remove: without risks: Cooling' });
    await ranked(page, () => chip.click());
    assert.equal(await cooling.isChecked(), false);
  });

  test('risks are badges that say what they are', async () => {
    await ranked(page, () => page.getByRole('radio', { name: 'Fit only' }).check());
    await ranked(page, () => page.locator('goods-rank .limit select').selectOption('100'));
    const badge = page.locator('goods-rank .risks li').first();
    assert.ok((await badge.getAttribute('title')).length > 10);
  });

  test('where no filter helps alone, each says what it leaves out', async () => {
    await ranked(page, () => page.getByLabel('Search titles').fill('qqqqzzzz'));
    await page.getByRole('button', { name: 'Supply and risk' }).click();
    await ranked(page, () => page.getByLabel('Min. order up to').fill('0'));
    await page.getByText('No filter helps if it alone is taken away').waitFor();
    assert.match(await page.locator('goods-rank .empty').innerText(), /5,000 goods left out/);
    await ranked(page, () => page.getByRole('button', { name: 'Clear all filters' }).click());
    assert.equal(await rows(page).count(), 20);
  });

  test('what is said of goods moves the weights, is kept, undone and deleted', async () => {
    const before = await titles(page);
    const say = (row, name) => rows(page).nth(row).getByRole('button', { name });
    await say(0, /^Not for me/).click();
    await ranked(page, () => rows(page).first().getByRole('button', { name: 'Minimum order' }).click());
    await ranked(page, () => say(0, /^List it/).click());
    await ranked(page, () => say(0, /^Save/).click());
    const now = await titles(page);
    assert.ok(!now.includes(before[0]), 'what was refused is left out');
    assert.equal(await page.locator('goods-rank .saying[aria-pressed=true]').count(), 1);
    await page.getByRole('button', { name: 'My feedback (3)' }).click();
    const moved = await page.locator('goods-rank .moved li').allInnerTexts();
    assert.ok(moved.length > 4, 'what is listed moves all that is weighed');
    for (const text of moved) assert.match(text, /^[\w. ]+ counts for (more|less): [\d.]+ → [\d.]+$/);
    const entries = await page.locator('goods-rank .said li').allInnerTexts();
    assert.match(entries[2], /Not for me · Minimum order/);

    await page.reload();
    await rows(page).first().waitFor();
    assert.deepEqual(await titles(page), now, 'it is kept');

    await page.getByRole('button', { name: 'My feedback (3)' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('goods-rank .feedback').getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    assert.match(csv, /^\ufeffgood_id,title,action,reason\r\n.+,notForMe,moq\r\n.+,listed,\r\n.+,saved,\r\n$/);

    await ranked(page, () => page.getByRole('button', { name: 'Undo the last' }).click());
    await page.getByRole('button', { name: 'My feedback (2)' }).waitFor();
    await ranked(page, () => page.getByRole('button', { name: 'Delete all' }).click());
    assert.deepEqual(await titles(page), before, 'as if nothing had been said');
    const left = await page.evaluate(() => Object.keys(localStorage).filter((k) => /feedback/.test(k)));
    assert.deepEqual(left, []);
  });

  test('feedback that the browser cannot keep still counts, and says so', async () => {
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('no room', 'QuotaExceededError');
      };
    });
    const [first, second] = await titles(page);
    await ranked(page, () => rows(page).first().getByRole('button', { name: /^List it/ }).click());
    await page.getByRole('heading', { name: 'Your feedback was not kept' }).waitFor();
    await ranked(page, () => rows(page).first().getByRole('button', { name: /^List it/ }).click());
    await page.getByRole('button', { name: 'My feedback (2)' }).waitFor();
    const now = await titles(page);
    assert.ok(!now.includes(first) && now.length === 20, second);
  });

  test('near-duplicates are one row with the other offers behind it', async () => {
    const fit = page.getByRole('radio', { name: 'Fit only' });
    await ranked(page, () => fit.check());
    await ranked(page, () => page.locator('goods-rank .limit select').selectOption('100'));
    await ranked(page, () => page.getByRole('switch', { name: 'One row for near-duplicates' }).check());
    const stack = page.locator('goods-rank .good', { has: page.locator('.stack') }).first();
    const [, shown] = (await stack.locator('.stack').textContent()).match(/(\d+) other offers?/);
    await stack.locator('.stack').click();
    const offers = stack.locator('.offers li');
    assert.equal(await offers.count(), Number(shown));
    const number = (text) => Number(text.replace('\u2212', '-'));
    const best = number(await stack.locator('.score b').innerText());
    const scores = await offers.locator('.figure:last-child').allInnerTexts();
    assert.ok(scores.map(number).every((score) => score <= best), `${scores} behind ${best}`);
    for (const price of await offers.locator('.figure:nth-child(2)').allInnerTexts()) {
      assert.match(price, /^¥[\d,.]+$|^price unknown$/);
    }
  });

  test('rows of a supplier are limited, and rows shown to learn of them say so', async () => {
    await ranked(page, () => page.getByLabel('Rows per supplier up to').fill('1'));
    const suppliers = await page.evaluate(() => {
      return new Promise((resolve) => {
        addEventListener('goods-rank-ranked', ({ detail }) => resolve(detail.rows.map((g) => g.supplier?.id)), {
          once: true,
        });
        document.querySelector('goods-rank').shadowRoot.querySelector('input[type=checkbox]').click();
      });
    });
    assert.equal(new Set(suppliers).size, suppliers.length);
    await ranked(page, () => page.getByLabel('Rows to try something new').selectOption('0.2'));
    const drawn = () => page.locator('goods-rank .drawn').allTextContents();
    for (const text of await drawn()) assert.match(text.trim(), /^Shown to try it, drawn with a chance of \d+%$/);
    assert.ok((await drawn()).length > 0);
    const before = await titles(page);
    await ranked(page, () => page.getByRole('button', { name: 'Draw others' }).click());
    assert.notDeepEqual(await titles(page), before);
  });

  test('a price limit re-ranks, and nothing dearer is left', async () => {
    const dearest = () =>
      page.evaluate(() => {
        return new Promise((resolve) => {
          addEventListener(
            'goods-rank-ranked',
            ({ detail }) => resolve(Math.max(...detail.rows.map((good) => good.price))),
            { once: true },
          );
          document
            .querySelector('goods-rank')
            .shadowRoot.querySelector('input[type=checkbox]')
            .click();
        });
      });
    await ranked(page, () => page.getByLabel('Highest price').fill('50'));
    assert.ok((await dearest()) <= 5000);
    await page.getByRole('button', { name: /Remove: price up to/ }).click();
    assert.equal(await page.getByLabel('Highest price').inputValue(), '');
  });

  test('an empty ranking says which filter to take away', async () => {
    await ranked(page, () => page.getByLabel('Search titles').fill('qqqqzzzz'));
    await page.getByRole('heading', { name: 'No good passes these filters' }).waitFor();
    await ranked(page, () =>
      page.getByRole('button', { name: 'Without “qqqqzzzz” in the title' }).click(),
    );
    assert.equal(await rows(page).count(), 20);
  });

  test('a new shop is ranked, and unknown terms say so', async () => {
    await ranked(page, () => page.getByRole('radio', { name: 'New shop' }).check());
    await page.getByText('Nothing is known of this shop yet').waitFor();
    const fits = page.locator('goods-rank .part.fit');
    assert.equal(await fits.count(), 20);
    for (const text of await fits.allTextContents()) assert.match(text, /unknown/);
  });

  test('a sales file is matched in the page, and what did not match is shown and mended', async () => {
    const ids = await page.evaluate(() => {
      return new Promise((resolve) => {
        addEventListener(
          'goods-rank-ranked',
          (e) => resolve(e.detail.rows.map((good) => good.id)),
          { once: true },
        );
        document
          .querySelector('goods-rank')
          .shadowRoot.querySelector('input[type=checkbox]')
          .click();
      });
    });
    const asked = opened.requests.length;
    await paste(page, `good_id,quantity\n${ids[0]},3\n${SECRET},2\n${ids[1]},-1\n`);
    await page.getByRole('heading', { name: 'Matched: Pasted rows' }).waitFor();
    await page.getByText('2 rows were not matched').waitFor();

    const unmatched = page.locator('tr.unmatched');
    assert.deepEqual(await unmatched.locator('td').allInnerTexts(), [
      '3',
      SECRET,
      'no good fits',
      'Choose…',
    ]);
    await page.getByText('quantity: expected').waitFor();

    await page.getByRole('button', { name: `Choose the good meant by ${SECRET}` }).click();
    const field = page.getByRole('combobox', { name: `Choose the good meant by ${SECRET}` });
    await field.fill(ids[2]);
    await ranked(page, () => field.press('Enter'));
    await page.getByText('1 mended by you').waitFor();
    await page.getByText('1 row was not matched').waitFor();

    assert.equal(opened.requests.length, asked, 'matching and mending ask nothing of the network');
    for (const request of opened.requests) {
      const told = JSON.stringify([request.url(), request.headers(), request.postData()]);
      assert.ok(!told.includes(SECRET), request.url());
    }
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    assert.ok(!kept.includes(SECRET), 'the file is not kept');
  });

  test('users are measured and asked for a good, and nothing of them leaves the page', async () => {
    const orders = await readFile(`${catalog}/orders.csv`, 'utf8');
    const customers = await readFile(`${catalog}/customers.csv`, 'utf8');
    const files = page.locator('goods-rank .shop input[type=file]');
    const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.waitForLoadState('networkidle');
    const asked = opened.requests.length;

    await page.getByRole('radio', { name: 'My users' }).check();
    await files.nth(1).setInputFiles(file('customers.csv', customers));
    await page.getByText('customers.csv waits for the orders.').waitFor();
    const secret = `${SECRET},u00001,1782000000,${SECRET},1,kol\nx,u00002,soon,,1,kol\n`;
    await ranked(page, () => files.first().setInputFiles(file('orders.csv', orders + secret)));
    await page.getByRole('heading', { name: 'Measured: orders.csv + customers.csv' }).waitFor();
    await page.getByText(/300 users, \d+ hot/).waitFor();
    await page.getByText(/Heat asset [\d.]+/).waitFor();
    const lines = orders.trim().split('\n').length;
    await page.getByText(`To mend: line ${lines + 2}`).waitFor();
    const [hot, layers] = await page.locator('goods-rank .tables table').all();
    assert.equal(await hot.locator('tbody tr').count(), 10);
    const heat = await hot.locator('tbody td:nth-child(2)').allInnerTexts();
    const numbers = heat.map((text) => Number.parseFloat(text));
    assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a), 'hottest first');
    assert.equal(await layers.locator('tbody tr').count(), 4);

    const sold = new Set(orders.split('\n').map((line) => line.split(',')[3]));
    const shown = await page.locator('goods-rank .good').first();
    await shown.locator('button.expand').click();
    const wants = page.locator('goods-rank .wants');
    await wants.getByRole('heading', { name: 'Which of my users would want this?' }).waitFor();
    assert.equal(await wants.locator('tbody tr').count(), 10);
    for (const id of await wants.locator('tbody th').allInnerTexts()) assert.match(id, /^u\d{5}$/);
    const id = await page.locator('goods-rank .detail dd').first().innerText();
    assert.ok(!sold.has(id), 'what the users bought is sold already');

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download all hot users' }).click();
    const csv = await readFile(await (await saved).path(), 'utf8');
    assert.match(csv, /^\ufeffuser_id,temperature,trend,clarity,reach,orders\nu\d{5},/);
    await page.waitForTimeout(300);

    // The file that is saved is a blob of the page itself: it asks nobody.
    const more = opened.requests.slice(asked).filter((r) => !r.url().startsWith('blob:'));
    assert.deepEqual(more.map((request) => request.url()), [], 'users ask nothing of the network');
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    assert.ok(!kept.includes('u00001') && !kept.includes(SECRET), 'the files are not kept');

    await ranked(page, () => page.getByRole('button', { name: 'Use another file' }).click());
    assert.equal(await page.locator('goods-rank .wants').count(), 0, 'they are forgotten');
  });

  test('a file of users that names nobody is explained', async () => {
    await page.getByRole('radio', { name: 'My users' }).check();
    await page.locator('goods-rank .shop input[type=file]').first().setInputFiles({
      name: 'orders.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('at,good_id\n'),
    });
    await page.getByText('one that tells customers apart').waitFor();
    await page.getByText('Code bad_csv').waitFor({ state: 'attached' });
  });

  test('a file that a Chinese spreadsheet wrote is read as GB 18030', async () => {
    // 商品名称 and 数量, then a row of 没有的货.
    const header = [
      0xc9, 0xcc, 0xc6, 0xb7, 0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xca, 0xfd, 0xc1, 0xbf, 0x0a,
    ];
    const row = [0xc3, 0xbb, 0xd3, 0xd0, 0xb5, 0xc4, 0xbb, 0xf5, 0x2c, 0x31, 0x0a];
    await page.getByRole('radio', { name: 'My sales file' }).check();
    await page.locator('goods-rank input[type=file]').setInputFiles({
      name: '销售.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([...header, ...row]),
    });
    await page.getByText('read as GB 18030').waitFor();
    assert.equal(await page.locator('tr.unmatched .label').innerText(), '没有的货');
  });

  test('a file without a usable column is refused with a remedy', async () => {
    await paste(page, 'colour,shape\nred,round\n');
    const alert = page.getByRole('alert');
    await alert.getByText('The first line must name the columns').waitFor();
  });

  test('the language is switched, spoken by titles too, and remembered', async () => {
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('您的销售数据不会离开本页').waitFor();
    assert.match((await titles(page))[0], /[\u4e00-\u9fff]/);
    await page.reload();
    await page.getByText('您的销售数据不会离开本页').waitFor();
    await rows(page).first().waitFor();
  });

  test('details show the score to the last digit', async () => {
    await page
      .getByRole('button', { name: /^Show details/ })
      .first()
      .click();
    const cells = await page
      .locator('.exact tr')
      .evaluateAll((trs) =>
        trs
          .slice(1)
          .map((tr) => tr.lastElementChild.textContent.replace(/,/g, '').replace('\u2212', '-')),
      );
    assert.equal(cells.length, 17);
    const numbers = cells.map((text) => (text === '–' ? 0 : Number(text)));
    const score = numbers.pop();
    assert.equal(numbers.reduce((sum, term) => sum + term, 0), score);
  });

  test('the ranking is exported as it is shown', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    assert.ok(csv.startsWith('\ufeffrank,good_id,title,'));
    assert.equal(csv.trim().split('\r\n').length, 21);
    assert.equal(download.suggestedFilename(), 'goodsrank-ranking.csv');
  });
});

test('a Chinese browser gets the Chinese page, on a phone without sideways scrolling', async () => {
  const { context, page, complaints } = await open({ locale: 'zh-CN', width: 360 });
  await page.getByText('您的销售数据不会离开本页').waitFor();
  await rows(page).first().waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  await context.close();
  assert.deepEqual(complaints, []);
});

test('the page works from any folder of a server', async () => {
  const { context, page, requests, complaints } = await open({
    path: '/any/where/',
    prepare: (page) =>
      page.route('**/any/where/**', async (route) => {
        const url = route.request().url().replace('/any/where/', '/');
        await route.fulfill({ response: await route.fetch({ url }) });
      }),
  });
  await rows(page).first().waitFor();
  for (const request of requests) assert.match(request.url(), /\/any\/where\//);
  await page.waitForLoadState('networkidle');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
  assert.deepEqual(complaints, []);
});

test('a catalog that cannot be loaded is explained, and tried again', async () => {
  const { context, page } = await open({
    prepare: (page) => page.route('**/manifest.json', (route) => route.fulfill({ status: 503 })),
  });
  await page.getByText('The catalog could not be loaded').waitFor();
  await page.getByText('Code fetch_failed').waitFor({ state: 'attached' });
  await page.unroute('**/manifest.json');
  await page.getByRole('button', { name: 'Try again' }).click();
  await rows(page).first().waitFor();
  await context.close();
});
