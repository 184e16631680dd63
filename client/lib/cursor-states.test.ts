import { describe, expect, it } from 'vitest';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { lawfulCursors } from './cursor-states.ts';

const user = { participantId: 'p', name: '委员A', role: 'member', color: '#123456' };
const place = { anchor: { tname: TEXT_FRAGMENT }, head: { item: { client: 1, clock: 0 } } };

/** What somebody sees of a state that another one shows. */
function seen(state: Record<string, unknown>): unknown {
  const [theirs, mine] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())];
  theirs.setLocalState(state);
  const update = encodeAwarenessUpdate(theirs, [theirs.clientID]);
  applyAwarenessUpdate(mine, lawfulCursors(update), 'server');
  const found = mine.getStates().get(theirs.clientID);
  theirs.destroy();
  mine.destroy();
  return found;
}

describe(lawfulCursors.name, () => {
  it('leaves a lawful cursor as it is', () => {
    expect(seen({ user, cursor: place })).toEqual({ user, cursor: place });
  });

  it('keeps the person and drops a place that Yjs would throw at [W7]', () => {
    for (const cursor of [
      {},
      { anchor: {}, head: {} },
      { ...place, anchor: { item: { client: 1, clock: 'x' } } },
    ])
      expect(seen({ user, cursor })).toEqual({ user });
  });

  it('takes a state without a person for gone [W7]', () => {
    expect(seen({ user: 'x', cursor: place })).toBeUndefined();
    expect(seen({ cursor: place })).toBeUndefined();
  });
});
