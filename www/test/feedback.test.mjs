import assert from 'node:assert/strict';
import { test } from 'node:test';

import { REASONS, feedbackCsv, isSaved, keep, movedWeights, recall, standing } from '../src/feedback.js';
import { PRESETS } from '../src/policy.js';
import { core } from './core.mjs';

/** Storage that holds so many characters. */
function device(room = Infinity) {
  const kept = new Map();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => kept.delete(key),
    setItem(key, text) {
      if (text.length > room) throw new DOMException('no room', 'QuotaExceededError');
      kept.set(key, text);
    },
  };
}

const refused = { good: 'g1', action: 'notForMe', reason: 'price' };
const saved = { good: 'g2', action: 'saved' };

test('reasons are those of the core', async () => {
  const list = (await core('feedback.rs')).match(/reasons! \{\n([\s\S]*?)\n\}/)[1];
  const names = [...list.matchAll(/= "(\w+)"/g)].map(([, name]) => name);
  assert.deepEqual(names, REASONS);
});

test('what is kept is recalled, for each catalog by itself, and deleted whole', () => {
  const storage = device();
  keep(() => storage, 'a', [refused, saved]);
  assert.deepEqual(recall(() => storage, 'a'), [refused, saved]);
  assert.deepEqual(recall(() => storage, 'b'), []);
  keep(() => storage, 'a', []);
  assert.equal(storage.kept.size, 0);
});

test('what cannot be read is passed over', () => {
  const storage = device();
  storage.setItem('a', 'no JSON');
  assert.deepEqual(recall(() => storage, 'a'), []);
  const odd = [null, { good: '' }, { good: 'g', action: 'bought' }, { ...refused, reason: 'ugly' }];
  storage.setItem('a', JSON.stringify([...odd, saved]));
  assert.deepEqual(recall(() => storage, 'a'), [saved]);
});

test('a full device and one that keeps nothing have codes of their own', () => {
  const blocked = () => {
    throw new DOMException('not here', 'SecurityError');
  };
  assert.throws(() => keep(() => device(5), 'a', [saved]), { code: 'storage_full' });
  assert.throws(() => keep(blocked, 'a', [saved]), { code: 'storage_blocked' });
  assert.deepEqual(recall(blocked, 'a'), []);
});

test('of each good the last entry stands, newest first', () => {
  const listed = { good: 'g1', action: 'listed' };
  assert.deepEqual(standing([refused, saved, listed]), [listed, saved]);
  const again = { good: 'g1', action: 'saved' };
  assert.deepEqual([[listed, again], [again, listed], []].map((said) => isSaved(said, 'g1')), [
    ...[true, false, false],
  ]);
});

test('the export is what the command takes, and no spreadsheet runs it', () => {
  const title = (id) => (id === 'g1' ? '=cmd()' : 'Tea, green');
  assert.equal(
    feedbackCsv([refused, saved], title),
    "\ufeffgood_id,title,action,reason\r\ng1,'=cmd(),notForMe,price\r\ng2,\"Tea, green\",saved,\r\n",
  );
});

test('weights that were moved are named, the most moved first', () => {
  const { fit } = PRESETS;
  const after = { ...fit, fit: 1.2, returns: 0.1 };
  assert.deepEqual(movedWeights(fit, after), [
    { term: 'returns', from: 0, to: 0.1 },
    { term: 'fit', from: 1, to: 1.2 },
  ]);
  assert.deepEqual(movedWeights(fit, { ...fit }), []);
});
