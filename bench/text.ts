import type { Row } from './frame.ts';
import { coldRow } from './text/cold.ts';
import { desksRow } from './text/desks.ts';
import { durableRow } from './text/durable.ts';
import { idleRow } from './text/idle.ts';
import { joinRow } from './text/join.ts';
import { keystrokesRow } from './text/keystrokes.ts';
import { killRow } from './text/kill.ts';
import { presenceRow } from './text/presence.ts';
import { splitRow } from './text/split.ts';
import { writingRows } from './text/writing.ts';

/** Rows about the shared text, each in a hall of its own. */
export function textRows(): readonly Row[] {
  return [
    ...writingRows(),
    durableRow(),
    splitRow(),
    joinRow(),
    presenceRow(),
    coldRow(),
    idleRow(),
    keystrokesRow(),
    killRow(),
    desksRow(),
  ];
}
