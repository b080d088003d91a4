import assert from 'node:assert/strict';
import { test } from 'node:test';

import { categoryLevels, categoryName, titleOf } from '../src/goods.js';

test('the title closest to the page’s language is taken', () => {
  const of = (titles) => titleOf({ id: 'g1', titles }, 'zh-CN');
  assert.equal(of({ title: 'a', title_zh: 'b', 'title_zh-CN': 'c' }), 'c');
  assert.equal(of({ title: 'a', title_zh: 'b', title_zh_CN: 'c' }), 'c');
  assert.equal(of({ title: 'a', title_zh: 'b' }), 'b');
  assert.equal(of({ title: 'a', title_en: 'b' }), 'a');
  assert.equal(of({ title_en: 'b' }), 'b');
  assert.equal(of({}), 'g1');
});

test('category paths are shown level by level, by name where one is given', () => {
  const names = { food: { zh: '食品' }, 'food/tea': { 'zh-CN': '茶', en: 'Teas' } };
  assert.equal(categoryName('food/tea', 'zh-CN', names), '食品 › 茶');
  assert.equal(categoryName('food/tea', 'en', names), 'Food › Teas');
  assert.equal(categoryName('home_care/soap-bars', 'en', {}), 'Home care › Soap bars');
});

test('choices lead from the top level to the leaf', () => {
  const categories = ['food', 'food/tea', 'food/tea/green', 'home/kitchen'];
  assert.deepEqual(categoryLevels(categories, ''), [
    { parent: '', options: ['food', 'home'], chosen: '' },
  ]);
  assert.deepEqual(categoryLevels(categories, 'food/tea'), [
    { parent: '', options: ['food', 'home'], chosen: 'food' },
    { parent: 'food', options: ['food/tea'], chosen: 'food/tea' },
    { parent: 'food/tea', options: ['food/tea/green'], chosen: '' },
  ]);
  assert.deepEqual(categoryLevels([], ''), []);
});
