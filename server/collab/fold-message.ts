import type { TextFrame } from '../../core/domain/replay/text-frames.ts';
import type { FinalText, Folded } from './fold.ts';
import type { RowMark } from './filming.ts';

/** A text on its way to the thread that folds it: the snapshot, then the updates, in one piece that changes hands. */
export type PackedText = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How long the snapshot is; null: there is none. */
  readonly snapshot: number | null;
  /** Where each update ends. */
  readonly ends: readonly number[];
};

/** What is to be made of a text. */
export type FoldRequest = PackedText &
  (
    | { readonly wanted: 'snapshot' | 'final' }
    | { readonly wanted: 'frames'; readonly marks: readonly RowMark[] }
  );

/** What comes back: what was asked for, or why there is none. */
export type FoldReply =
  | { readonly kind: 'snapshot'; readonly data: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'final'; readonly text: FinalText }
  | { readonly kind: 'frames'; readonly frames: readonly TextFrame[] }
  | { readonly kind: 'fault'; readonly why: string };

/** Copies: what PostgreSQL answered lies in buffers that are shared, and cannot change hands. */
export function packText({ snapshot, updates }: Folded): PackedText {
  const parts = [...(snapshot === null ? [] : [snapshot]), ...updates.map(({ data }) => data)];
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.byteLength, 0));
  const ends: number[] = [];
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.byteLength;
    ends.push(end);
  }
  return { bytes, snapshot: snapshot?.byteLength ?? null, ends: snapshot === null ? ends : ends.slice(1) };
}

export function unpackText({ bytes, snapshot, ends }: PackedText): Folded {
  let start = snapshot ?? 0;
  const updates = ends.map((end) => {
    const data = bytes.subarray(start, end);
    start = end;
    return { data };
  });
  return { snapshot: snapshot === null ? null : bytes.subarray(0, snapshot), updates };
}
