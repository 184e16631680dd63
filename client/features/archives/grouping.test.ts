import { describe, expect, it } from 'vitest';
import { as, itemId, participantId, seated, table, view, viewId } from '../../../core/testing/builders.ts';
import type { View } from '../../../core/domain/views.ts';
import { ReplyId } from '../../../core/domain/ids.ts';
import { chairOfRoom, floorTurns, groupByItem, groupByRole, repliesByView, threadsOf } from './grouping.ts';

function spoken() {
  const t = seated({ open: true });
  t.must(as(1), { type: 'postView', view: view(0) });
  t.must(as(0), { type: 'moveAgenda', itemId: itemId(1) });
  t.must(as(3), { type: 'postView', view: view(1) });
  t.must(as(1), { type: 'postView', view: view(2, { replyTo: viewId(1) }) });
  t.must(as(6), { type: 'postView', view: view(3) });
  t.must(as(3), { type: 'postView', view: view(4, { replyTo: viewId(2) }) });
  t.must(as(2), {
    type: 'postReply',
    reply: {
      id: ReplyId.parse('00000000-0000-4000-8000-000000000001'),
      toViews: [viewId(1), viewId(3)],
      commitment: 'can_do',
      text: '答复',
    },
  });
  return t;
}

describe(groupByRole.name, () => {
  it('counts expected and present in the order of the table of roles', () => {
    const t = seated({ open: true });
    t.must(as(3), { type: 'enterRoom' });
    const groups = groupByRole(t.room());
    expect(groups.map((group) => group.role).slice(0, 3)).toEqual(['convener', 'member', 'department']);
    const resident = groups.find((group) => group.role === 'resident');
    expect([resident?.seats.length, resident?.present]).toEqual([1, 1]);
    expect(groups.find((group) => group.role === 'observer')?.present).toBe(0);
  });
});

describe(chairOfRoom.name, () => {
  it('names the convener where no host is named [S4]', () => {
    expect(chairOfRoom(seated({ open: true }).room())?.id).toBe(participantId(0));
    expect(chairOfRoom(table().room())).toBeUndefined();
  });
});

describe(threadsOf.name, () => {
  it('puts answers behind what they answer, in seq order', () => {
    const threads = threadsOf(spoken().room().views);
    const shape = threads.map((thread) => thread.entries.map((entry) => [entry.view.text, entry.depth]));
    expect(shape).toEqual([
      [['意见 0', 0]],
      [
        ['意见 1', 0],
        ['意见 2', 1],
        ['意见 4', 2],
      ],
      [['意见 3', 0]],
    ]);
  });

  it('keeps an answer whose view is missing, and follows a chain of any depth', () => {
    const [first] = spoken().room().views;
    if (first === undefined) throw new Error('no view');
    const orphan: View = { ...first, replyTo: viewId(999) };
    expect(threadsOf([orphan])).toEqual([{ root: orphan, entries: [{ view: orphan, depth: 0 }] }]);
    const chain = Array.from({ length: 20_000 }, (_, n): View => ({
      ...first,
      id: viewId(n),
      seq: n + 1,
      replyTo: n === 0 ? null : viewId(n - 1),
    }));
    expect(threadsOf(chain)[0]?.entries.length).toBe(20_000);
  });
});

describe(groupByItem.name, () => {
  it('puts threads under their agenda item and the rest last', () => {
    const groups = groupByItem(spoken().room());
    expect(groups.map((group) => [group.item?.id ?? null, group.threads.length])).toEqual([
      [itemId(1), 2],
      [null, 1],
    ]);
  });
});

describe(repliesByView.name, () => {
  it('finds a reply from each view that it answers [D1]', () => {
    const found = repliesByView(spoken().room().replies);
    expect([...found.keys()]).toEqual([viewId(1), viewId(3)]);
    expect(found.get(viewId(3))?.[0]?.text).toBe('答复');
  });
});

describe(floorTurns.name, () => {
  it('measures a turn that ended', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'giveFloor', participantId: participantId(1) });
    t.must(as(0), { type: 'endFloor' });
    t.must(as(0), { type: 'giveFloor', participantId: participantId(3) });
    expect(floorTurns(t.room()).map((turn) => turn.seconds)).toEqual([0, null]);
  });
});
