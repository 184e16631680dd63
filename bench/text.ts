import type { Row } from './frame.ts';
import { desksRow } from './text/desks.ts';
import { durableRow } from './text/durable.ts';
import { joinRow } from './text/join.ts';
import { killRow } from './text/kill.ts';
import { presenceRow } from './text/presence.ts';
import { writingRows } from './text/writing.ts';

/** Rows about the shared text, each in a hall of its own. */
export function textRows(): readonly Row[] {
  return [...writingRows(), durableRow(), joinRow(), presenceRow(), killRow(), desksRow()];
}
