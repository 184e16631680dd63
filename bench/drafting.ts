import { randomUUID } from 'node:crypto';
import { draftFrom } from '../core/domain/drafting/drafted.ts';
import { missingLines } from '../core/domain/drafting/missing.ts';
import { ParticipantId, ReplyId, ViewId } from '../core/domain/ids.ts';
import { EMPTY_ROOM, type Room } from '../core/domain/room/state.ts';
import { STANCES } from '../core/domain/views.ts';
import type { Row } from './frame.ts';
import { timed } from './pace.ts';
import { VIEW_TEXT } from './posting.ts';

const VIEWS = 10_000;
const REPLIES = 200;

/** What the record of a large session says as lines of a text, of all its views, without the way to the browser. */
export function draftingRow(): Row {
  return {
    name: `begin a text from the record of ${VIEWS} views, ${REPLIES} replies`,
    units: { draft: 'ms' },
    contenders: [
      {
        name: 'shangliang',
        run: async () => {
          const room = largeRoom();
          const [draft] = await timed(() => {
            const lines = missingLines(draftFrom(room), { type: 'doc', content: [{ type: 'paragraph' }] });
            if (lines.length < REPLIES) throw new Error(`only ${lines.length} lines`);
            return Promise.resolve();
          });
          return { draft };
        },
      },
    ],
    targets: [{ figure: 'draft', atMost: 5_000 }],
  };
}

function largeRoom(): Room {
  const by = ParticipantId.parse(randomUUID());
  const at = new Date().toISOString();
  const views = Array.from({ length: VIEWS }, (_, n) => ({
    id: ViewId.parse(randomUUID()),
    stance: STANCES[n % STANCES.length] ?? 'info',
    text: VIEW_TEXT,
    replyTo: null,
    seq: n + 1,
    by,
    at,
    itemId: null,
    ...(n % 100 === 0 ? { keyPoint: { by, at } } : {}),
  }));
  const replies = Array.from({ length: REPLIES }, (_, n) => ({
    id: ReplyId.parse(randomUUID()),
    toViews: views.slice(n * 10, n * 10 + 10).map(({ id }) => id),
    commitment: 'can_do' as const,
    text: VIEW_TEXT,
    seq: VIEWS + n + 1,
    by,
    at,
    itemId: null,
  }));
  return { ...EMPTY_ROOM, seq: VIEWS + REPLIES, views, replies };
}
