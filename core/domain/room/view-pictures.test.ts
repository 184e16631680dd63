import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filesFor, picture } from '../../testing/arbitrary-materials.ts';
import { arbitraryModerated } from '../../testing/arbitrary-moderation.ts';
import { runSteps } from '../../testing/arbitrary.ts';
import { ADMIN, as, AT, seated, view, viewId } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import type { RoomEvent } from '../events.ts';
import type { FileId, ViewId } from '../ids.ts';
import { viewIn } from './earlier.ts';
import { isOver } from '../sessions.ts';
import type { CommandOf } from './commands.ts';
import type { Who } from './guards.ts';
import { moderationFor } from './my-moderation.ts';
import { roomSeenBy } from './seen-by.ts';
import type { Room } from './state.ts';
import { picturesFor, viewsWithoutPictures } from './view-pictures.ts';

const seed = freshSeed();
const EVERYBODY: readonly Who[] = [0, 1, 2, 3, 4, 5, 6].map(as).concat(ADMIN);

/** The bytes that are kept, and the view that each picture stands in: as the store does it. */
function createKept() {
  const kept = new Map<FileId, ViewId>();
  const follow = (before: Room, after: Room, events: readonly RoomEvent[]): void => {
    for (const event of events) {
      const said = event.type === 'view:posted' ? event.view : event.type === 'view:held' ? event.held : null;
      for (const { id } of said?.pictures ?? []) if (said !== null) kept.set(id, said.id);
    }
    const left = new Set(viewsWithoutPictures(before, after, events));
    for (const [id, viewIdOf] of kept) if (left.has(viewIdOf)) kept.delete(id);
  };
  return { kept, follow };
}

/** The same question answered the long way: by everything that is shown to somebody. */
function shownTo(room: Room, who: Who, id: ViewId) {
  const { mine, queue } = moderationFor(room, who);
  const one = [...mine, ...(queue ?? [])].find((other) => other.viewId === id);
  const shown = one?.view ?? viewIn(roomSeenBy(room), id);
  return shown === undefined ? null : (shown.pictures ?? []);
}

const reads = (room: Room, id: ViewId, pictureId: FileId) =>
  EVERYBODY.some((who) => picturesFor(room, who, id)?.some((one) => one.id === pictureId) === true);

describe(`pictures of views (seed ${seed})`, () => {
  it('are given to whoever is shown their view, and to nobody else [J3]', () => {
    fc.assert(
      fc.property(arbitraryModerated, (script) => {
        const { room } = runSteps(script);
        for (const who of EVERYBODY)
          for (let n = 0; n <= 41; n += 1)
            expect(picturesFor(room, who, viewId(n))).toEqual(shownTo(room, who, viewId(n)));
      }),
      { seed, numRuns: 30 },
    );
  });

  it('are kept as long as anybody reads them, and no longer [J5]', () => {
    let dropped = 0;
    fc.assert(
      fc.property(arbitraryModerated, (script) => {
        const { kept, follow } = createKept();
        let most = 0;
        const { room } = runSteps(script, (before, after, events) => {
          follow(before, after, events);
          most = Math.max(most, kept.size);
          for (const { id, pictures = [] } of after.views)
            for (const one of pictures) expect(kept.get(one.id)).toBe(id);
        });
        for (const [id, of] of kept) expect(reads(room, of, id)).toBe(true);
        if (kept.size < most) dropped += 1;
        for (const { viewId: id, view: held, state } of room.moderation?.secrets?.cases ?? []) {
          if (state.phase === 'upheld' || isOver(room.state)) continue;
          for (const one of held.pictures ?? []) expect(kept.get(one.id)).toBe(id);
        }
      }),
      { seed, numRuns: 60 },
    );
    expect(dropped).toBeGreaterThan(0);
  });

  it('go over to the view that corrects a refused one, and the others of that one are deleted [J1] [J5]', () => {
    for (const isHeld of [true, false]) {
      const t = seated({ open: true });
      const { kept, follow } = createKept();
      const does = (who: Who, command: Parameters<typeof t.must>[1], usedFor: ViewId | null = null): void => {
        const before = t.room();
        const known = t.log.length;
        const files = filesFor(before, command).map((file) => ({ ...file, usedFor }));
        t.must(who, command, { at: AT, files });
        follow(
          before,
          t.room(),
          t.log.slice(known).map(({ event }) => event),
        );
      };
      does(as(0), { type: 'ruleModeration', rules: { hold: ['resident'], hideAt: null } });
      does(as(3), { type: 'postView', view: { ...view(1), pictures: [picture(1), picture(2)] } });
      does(as(5), { type: 'refuseView', viewId: viewId(1), reason: 'privacy', why: '拍到了人脸' });
      if (!isHeld) does(as(0), { type: 'ruleModeration', rules: { hold: [], hideAt: null } });
      const again = { ...view(2), pictures: [picture(2)] };
      does(as(3), { type: 'postView', view: again, insteadOf: viewId(1) }, viewId(1));
      expect(kept.get(picture(2).id)).toBe(viewId(2));
      // What is published at once leaves the refused one where it is: letting go of that says nothing to anybody [X8].
      expect(kept.has(picture(1).id)).toBe(!isHeld);
      const left = t.room().moderation?.secrets?.cases.find(({ viewId: id }) => id === viewId(1));
      expect(left?.view.pictures).toEqual(isHeld ? undefined : [picture(1)]);
      if (!isHeld) does(as(3), { type: 'forgoView', viewId: viewId(1) });
      expect([...kept.keys()]).toEqual([picture(2).id]);
    }
  });

  it('that went over are those of the corrected view alone, also where the refused one is published after all [J1] [J5]', () => {
    const t = seated({ open: true });
    const posted: CommandOf<'postView'> = {
      type: 'postView',
      view: { ...view(1), pictures: [picture(1)] },
    };
    const files = filesFor(t.room(), posted);
    for (const more of [{ width: 9 }, { height: 9 }])
      expect(t.ask(as(3), posted, { files: files.map((file) => ({ ...file, ...more })) })).toMatchObject({
        error: { reason: 'FILE_UNKNOWN' },
      });
    t.must(as(3), posted, { at: AT, files, isHeld: true });
    t.must(as(5), { type: 'refuseView', viewId: viewId(1), reason: 'insult', why: '骂人' });
    const again = { ...posted, view: { ...posted.view, id: viewId(2) }, insteadOf: viewId(1) };
    t.must(as(3), again, { at: AT, files: files.map((file) => ({ ...file, usedFor: viewId(1) })) });
    expect(picturesFor(t.room(), as(3), viewId(1))).toEqual([]);
    t.must(as(3), { type: 'appealView', viewId: viewId(1), why: '不是骂人' });
    t.must(as(0), { type: 'decideAppeal', viewId: viewId(1), upheld: null });
    expect(viewIn(t.room(), viewId(1))).not.toHaveProperty('pictures');
    expect(viewIn(t.room(), viewId(2))).toMatchObject({ pictures: [picture(1)] });
  });

  it('go when their view is taken back, and stay when it is corrected or hidden, until the end [J2] [J5]', () => {
    const t = seated({ open: true });
    const { kept, follow } = createKept();
    const does = (who: Who, command: Parameters<typeof t.must>[1]): number => {
      const before = t.room();
      const known = t.log.length;
      t.must(who, command, { at: AT, files: filesFor(before, command) });
      follow(
        before,
        t.room(),
        t.log.slice(known).map(({ event }) => event),
      );
      return kept.size;
    };
    for (const n of [1, 2, 3])
      does(as(3), { type: 'postView', view: { ...view(n), pictures: [picture(n)] } });
    expect(does(as(3), { type: 'editView', viewId: viewId(1), text: '改了' })).toBe(3);
    expect(does(as(3), { type: 'withdrawView', viewId: viewId(1) })).toBe(2);
    expect(does(as(5), { type: 'hideView', viewId: viewId(2), reason: 'privacy', why: '人脸' })).toBe(2);
    expect(does(as(5), { type: 'restoreView', viewId: viewId(2) })).toBe(2);
    expect(does(as(5), { type: 'hideView', viewId: viewId(2), reason: 'privacy', why: '人脸' })).toBe(2);
    expect(does(as(0), { type: 'closeSession' })).toBe(1);
    expect(picturesFor(t.room(), as(1), viewId(3))).toEqual([picture(3)]);
  });
});
