import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CHANNELS, toChannel, withChannel } from '../src/channel.js';
import { noFilters, toQuery } from '../src/query.js';
import { core } from './core.mjs';

test('costs of presets are those of the core', async () => {
  const source = await core('channel.rs');
  const [, fields] = source.match(/fn default\(\) -> Channel \{\s+Channel \{(.*?)\}/s);
  const pairs = [...fields.matchAll(/(\w+): ([\d.]+),/g)];
  const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  const own = Object.fromEntries(pairs.map(([, name, cost]) => [camel(name), Number(cost)]));
  const [, payment] = source.match(/let platform = .*?payment: ([\d.]+),/s);
  const platforms = [...source.matchAll(/"(\w+)" => Ok\(platform\(([\d.]+)\)\)/g)];
  const others = platforms.map(([, name, commission]) => {
    return [name, { ...own, commission: Number(commission), payment: Number(payment) }];
  });
  const presets = Object.entries(CHANNELS).map(([name, typed]) => [name, toChannel(typed, 2).channel]);
  assert.deepEqual(Object.fromEntries(presets), { own, ...Object.fromEntries(others) });
});

test('typing a cost makes the channel a custom one', () => {
  const live = withChannel(noFilters(), 'live');
  assert.equal(toQuery(live, undefined, 2).channel, 'live');
  const typed = withChannel(live, { shipping: '6.5' });
  assert.deepEqual(toQuery(typed, undefined, 2).channel, {
    ...{ markup: 1, commission: 0.2, payment: 0.006, landing: 0.05 },
    ...{ shipping: 650, insurance: 0, returnCost: 0 },
  });
});

test('a cost that cannot be is left out, and named', () => {
  const typed = { commission: '101', payment: 'x', markup: '900%', returnCost: '99999999999' };
  const { channel, faults } = toChannel({ ...CHANNELS.own, ...typed }, 2);
  assert.deepEqual(faults, ['commission', 'payment', 'returnCost']);
  assert.deepEqual(channel, { markup: 9, landing: 0.05, shipping: 0, insurance: 0 });
});
