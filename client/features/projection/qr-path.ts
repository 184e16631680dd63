import { create } from 'qrcode';

export type QrDrawing = { readonly size: number; readonly path: string };

/** Modules of quiet around a code, as the standard asks. */
const QUIET = 4;

/** A QR code as one SVG path of a square of size × size units, quiet zone included. */
export function qrDrawing(text: string): QrDrawing {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const steps: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 0) continue;
      let length = 1;
      while (column + length < modules.size && modules.get(row, column + length) !== 0) length += 1;
      steps.push(`M${column + QUIET} ${row + QUIET}h${length}v1h-${length}z`);
      column += length;
    }
  }
  return { size: modules.size + 2 * QUIET, path: steps.join('') };
}
