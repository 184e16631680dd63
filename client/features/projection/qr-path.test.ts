import { describe, expect, it } from 'vitest';
import { create } from 'qrcode';
import { qrDrawing } from './qr-path.ts';

const url = 'https://example.org/j#0123456789012345678901234567890123456789012';

/** Draws the path back into squares. */
function squares(path: string): Set<string> {
  const found = new Set<string>();
  for (const [, column, row, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = 0; at < Number(length); at += 1) found.add(`${Number(column) - 4 + at},${Number(row) - 4}`);
  }
  return found;
}

describe('qrDrawing', () => {
  it('draws every dark module of the code and no other, with four modules of quiet around', () => {
    const { modules } = create(url, { errorCorrectionLevel: 'M' });
    const drawing = qrDrawing(url);
    const drawn = squares(drawing.path);
    expect(drawing.size).toBe(modules.size + 8);
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) {
        expect(drawn.has(`${column},${row}`)).toBe(modules.get(row, column) !== 0);
      }
    }
  });
});
