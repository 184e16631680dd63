import { describe, expect, it } from 'vitest';
import type { ReplyId, ViewId } from '../../../core/domain/ids.ts';
import { NO_FILTER, type SaidFilter } from '../../../core/domain/room/said-filter.ts';
import { EMPTY_ROOM, type Room } from '../../../core/domain/room/state.ts';
import type { Stance } from '../../../core/domain/views.ts';
import { answersOf, isFiltered, streamRows, type StreamOrder } from './stream.ts';

const viewId = (n: number) => `view-${n}` as ViewId;
const person = (name: string) => name as Room['views'][number]['by'];

function view(n: number, replyTo: number | null = null, stance: Stance = 'support', by = 'resident') {
  const itemId = `item-${n % 2}` as NonNullable<Room['currentItemId']>;
  return {
    id: viewId(n),
    stance,
    text: `text ${n}`,
    replyTo: replyTo === null ? null : viewId(replyTo),
    seq: n,
    by: person(by),
    at: '2026-11-21T08:00:00.000Z',
    itemId,
  };
}

function roomOf(views: Room['views'], replies: Room['replies'] = []): Room {
  const seat = (role: 'resident' | 'department') => ({
    id: person(role),
    role,
    name: role,
    affiliation: '',
    venueId: 'v',
    isGuest: false,
    enteredAt: null,
    removedAt: null,
  });
  return {
    ...EMPTY_ROOM,
    views,
    replies,
    participants: { [person('resident')]: seat('resident'), [person('department')]: seat('department') },
  };
}

function reply(n: number, to: readonly number[]): Room['replies'][number] {
  return {
    id: `reply-${n}` as ReplyId,
    toViews: to.map(viewId),
    commitment: 'can_do',
    text: 'done',
    seq: n,
    by: person('department'),
    at: '2026-11-21T08:00:00.000Z',
    itemId: null,
  };
}

function rowsOf(
  room: Room,
  filter: SaidFilter,
  order: StreamOrder,
  more: { readonly cited?: Room['views']; readonly unfolded?: readonly ViewId[] } = {},
) {
  const { cited = [], unfolded = [] } = more;
  return streamRows({ ...room, cited }, { filter, order, unfolded: new Set(unfolded) });
}

const ids = (rows: ReturnType<typeof streamRows>) => rows.map((row) => row.id);

describe('streamRows', () => {
  it('puts answers under what they answer, whatever their depth, in order of seq', () => {
    const room = roomOf([view(1), view(2), view(3, 1), view(4, 2), view(5, 3), view(6, 1)]);
    const rows = rowsOf(room, NO_FILTER, 'thread');
    expect(ids(rows)).toEqual(['view-1', 'view-3', 'view-5', 'view-6', 'view-2', 'view-4']);
    expect(rows.map((row) => row.isAnswer)).toEqual([false, true, true, true, false, true]);
  });

  it('names what is answered only where it does not stand right above', () => {
    const room = roomOf([view(1), view(2, 1), view(3, 2)]);
    const quoted = rowsOf(room, NO_FILTER, 'thread').map((row) =>
      row.kind === 'view' ? row.quoted?.id : undefined,
    );
    expect(quoted).toEqual([undefined, undefined, 'view-2']);
  });

  it('keeps plain order of time when asked, replies of departments among the views', () => {
    const room = roomOf([view(1), view(2, 1), view(4)], [reply(3, [1, 2]), reply(5, [4])]);
    expect(ids(rowsOf(room, NO_FILTER, 'time'))).toEqual([
      'view-1',
      'view-2',
      'reply-3',
      'view-4',
      'reply-5',
    ]);
  });

  it('puts the most endorsed view first when asked, of as many the one that has waited longer', () => {
    const endorsed = (n: number, by: readonly number[]) => ({ ...view(n), endorsedBy: [...by] });
    const room = roomOf(
      [view(1), endorsed(2, [0]), view(3, 2), endorsed(4, [0, 1]), endorsed(5, [1])],
      [reply(6, [1])],
    );
    const rows = rowsOf(room, NO_FILTER, 'support');
    expect(ids(rows)).toEqual(['view-4', 'view-2', 'view-5', 'view-1', 'view-3']);
    expect(ids(rowsOf(room, { ...NO_FILTER, q: 'TEXT 5' }, 'support'))).toEqual(['view-5']);
  });

  it('shows each reader threads in an order of their own when asked, what they said at the end [V11]', () => {
    const names = Array.from({ length: 12 }, (_, n) =>
      view(n + 1, n === 11 ? 1 : null, 'support', n === 4 ? 'me' : 'r'),
    );
    const look = { filter: NO_FILTER, order: 'thread' as const, unfolded: new Set<ViewId>() };
    const read = (seed: string) =>
      streamRows({ ...roomOf(names), cited: [] }, { ...look, seed }).map(({ id }) => id);
    expect(read('me')).toEqual(read('me'));
    expect(read('me').at(-1)).toBe(viewId(5));
    expect(read('me')).not.toEqual(read('another'));
    expect([...read('me')].sort()).toEqual(names.map(({ id }) => id).sort());
    // An answer stays under what it answers.
    for (const seed of ['me', 'another'])
      expect(read(seed).indexOf(viewId(12))).toBe(read(seed).indexOf(viewId(1)) + 1);
  });

  it('lets a reply of a department stand as its own head, since it may answer several views', () => {
    const room = roomOf([view(1), view(3, 1), view(4)], [reply(2, [1]), reply(5, [1, 4])]);
    expect(ids(rowsOf(room, NO_FILTER, 'thread'))).toEqual([
      'view-1',
      'view-3',
      'reply-2',
      'view-4',
      'reply-5',
    ]);
  });

  it('filters by stance, role and agenda item, always in order of time', () => {
    const room = roomOf(
      [view(1), view(2, null, 'oppose'), view(3, 1, 'oppose'), view(4, null, 'support', 'department')],
      [reply(5, [1])],
    );
    expect(ids(rowsOf(room, { ...NO_FILTER, stance: 'oppose' }, 'thread'))).toEqual(['view-2', 'view-3']);
    expect(ids(rowsOf(room, { ...NO_FILTER, role: 'department' }, 'thread'))).toEqual(['view-4', 'reply-5']);
    const itemId = view(1).itemId;
    expect(ids(rowsOf(room, { ...NO_FILTER, itemId }, 'thread'))).toEqual(['view-1', 'view-3']);
  });

  it('shows every view and reply exactly once when nothing is filtered', () => {
    const views = Array.from({ length: 60 }, (_, n) =>
      view(n + 1, n % 3 === 0 ? null : Math.ceil((n * 7) % n) + 1),
    );
    const room = roomOf(views);
    const unfolded = views.map(({ id }) => id);
    for (const order of ['thread', 'time'] as const) {
      const shown = rowsOf(room, NO_FILTER, order, { unfolded });
      expect(new Set(ids(shown)).size).toBe(60);
      expect(shown).toHaveLength(60);
    }
  });
});

describe('streamRows of a room that does not hold everything', () => {
  it('quotes a view that is only cited, and says where one is not here at all [R1]', () => {
    const room = roomOf([view(11, 1), view(12, 2), view(13, 11)]);
    for (const order of ['thread', 'time'] as const) {
      const rows = rowsOf(room, NO_FILTER, order, { cited: [view(1)] });
      const quotes = rows.map((row) => (row.kind === 'view' ? [row.quoted?.id, row.isQuoteLost] : []));
      const below = order === 'thread' ? [undefined, false] : ['view-11', false];
      const expected = [['view-1', false], below, [undefined, true]];
      expect(quotes).toEqual(order === 'thread' ? expected : [expected[0], expected[2], expected[1]]);
    }
  });

  it('folds a long thread to its newest answers, and shows every one of them on request', () => {
    const answers = Array.from({ length: 12 }, (_, n) => view(n + 2, 1));
    const room = roomOf([view(1), ...answers, view(20)]);
    const folded = rowsOf(room, NO_FILTER, 'thread');
    expect(ids(folded)).toEqual(['view-1', 'view-10', 'view-11', 'view-12', 'view-13', 'view-20']);
    expect(folded[0]).toMatchObject({ folded: 8 });
    const open = rowsOf(room, NO_FILTER, 'thread', { unfolded: [viewId(1)] });
    expect(open).toHaveLength(14);
    expect(open[0]).toMatchObject({ folded: 0 });
    expect(rowsOf(room, NO_FILTER, 'time')).toHaveLength(14);
  });
});

describe('answersOf', () => {
  it('finds every reply of a department that answers a view', () => {
    const found = answersOf([reply(3, [1, 2]), reply(4, [2])]);
    expect(found.get(viewId(1))?.map((r) => r.id)).toEqual(['reply-3']);
    expect(found.get(viewId(2))?.map((r) => r.id)).toEqual(['reply-3', 'reply-4']);
  });
});

describe('isFiltered', () => {
  it('is false only when nothing is chosen', () => {
    expect(isFiltered(NO_FILTER)).toBe(false);
    expect(isFiltered({ ...NO_FILTER, stance: 'info' })).toBe(true);
  });
});
