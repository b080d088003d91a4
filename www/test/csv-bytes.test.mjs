import assert from 'node:assert/strict';
import { test } from 'node:test';

import { decodeCsv } from '../src/csv-bytes.js';

const bytes = (...values) => new Uint8Array(values);

test('UTF-8 is read as it is, its byte order mark left out', () => {
  const text = 'title\n茶';
  assert.deepEqual(decodeCsv(new TextEncoder().encode(text)), { text, encoding: 'UTF-8' });
  assert.deepEqual(decodeCsv(new TextEncoder().encode(`\ufeff${text}`)), {
    text,
    encoding: 'UTF-8',
  });
});

test('bytes that are no UTF-8 are read as GB 18030, which Chinese spreadsheets write', () => {
  assert.deepEqual(decodeCsv(bytes(0xb2, 0xe8, 0xb0, 0x5c)), {
    text: '茶癨',
    encoding: 'GB 18030',
  });
  assert.deepEqual(decodeCsv(bytes(0xc9, 0xcc, 0xc6, 0xb7)), {
    text: '商品',
    encoding: 'GB 18030',
  });
});

test('UTF-16 says so by its byte order mark', () => {
  assert.deepEqual(decodeCsv(bytes(0xff, 0xfe, 0x36, 0x83)), { text: '茶', encoding: 'UTF-16' });
  assert.deepEqual(decodeCsv(bytes(0xfe, 0xff, 0x83, 0x36)), { text: '茶', encoding: 'UTF-16' });
});

test('a workbook is refused with a remedy, not read as gibberish', () => {
  for (const workbook of [bytes(0x50, 0x4b, 3, 4, 20), bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1)]) {
    assert.throws(() => decodeCsv(workbook), { name: 'FileError', code: 'spreadsheet' });
  }
});

test('an empty file is an empty text', () => {
  assert.deepEqual(decodeCsv(bytes()), { text: '', encoding: 'UTF-8' });
});
