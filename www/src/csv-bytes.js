// A merchant's file as text. Spreadsheets write CSV as UTF-8, as UTF-16, or, in
// China, as GB 18030; only the first says which it is by being valid.

/** A file that is no text; `code` names the remedy, as a GoodsRankError's does. */
export class FileError extends Error {
  /** @param {'spreadsheet' | 'unreadable'} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.name = 'FileError';
    this.code = code;
  }
}

/**
 * @param {Uint8Array} bytes
 * @returns {{ text: string, encoding: 'UTF-8' | 'UTF-16' | 'GB 18030' }}
 */
export function decodeCsv(bytes) {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new FileError('spreadsheet', 'the first bytes are those of an Excel workbook');
  }
  if (startsWith(bytes, 0xff, 0xfe)) return { text: decode('utf-16le', bytes), encoding: 'UTF-16' };
  if (startsWith(bytes, 0xfe, 0xff)) return { text: decode('utf-16be', bytes), encoding: 'UTF-16' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text, encoding: 'UTF-8' };
  } catch {
    return { text: decode('gb18030', bytes), encoding: 'GB 18030' };
  }
}

/** @param {string} label @param {Uint8Array} bytes */
function decode(label, bytes) {
  return new TextDecoder(label).decode(bytes);
}

/** @param {Uint8Array} bytes @param {number[]} wanted */
function startsWith(bytes, ...wanted) {
  return wanted.every((byte, i) => bytes[i] === byte);
}
