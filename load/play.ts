import { randomUUID } from 'node:crypto';
import type { PollDraft } from '../core/domain/polls/draft.ts';
import type { Chance } from './chance.ts';
import type { Doer } from './doing.ts';
import type { Deed } from './history.ts';
import { closePoll, draftPoll, openPoll, paperOf } from './polls.ts';
import type { Due, Schedule } from './schedule.ts';
import type { Troupe } from './troupe.ts';

type Playing = {
  readonly troupe: Troupe;
  readonly chance: Chance;
  readonly drafts: readonly PollDraft[];
  /** Polls that the chair has opened. */
  readonly open: Set<string>;
  /** Who waits for the floor, as far as they were told. */
  readonly asked: Set<string>;
};

/** Lets a hall do what a schedule says; resolves when everything has been answered. */
export async function play(troupe: Troupe, schedule: Schedule, chance: Chance): Promise<void> {
  const drafts = schedule.polls.map((_, index) => draftPoll(index + 1));
  const playing: Playing = { troupe, chance, drafts, open: new Set(), asked: new Set() };
  const began = performance.now();
  const figures = troupe.figures();
  const due = async (atMs: number, work: () => Promise<void>) => {
    const early = began + atMs - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    figures.behind.add(Math.max(0, performance.now() - began - atMs));
    await work();
  };
  await Promise.all([
    ...schedule.polls.map(({ opensAtMs, closesAtMs }, index) =>
      due(opensAtMs, () => openOne(playing, index)).then(() =>
        due(closesAtMs, () => closeOne(playing, index)),
      ),
    ),
    ...schedule.dues.map((one) => due(one.atMs, () => doOne(playing, one))),
  ]);
}

async function openOne({ troupe, drafts, open }: Playing, index: number): Promise<void> {
  const draft = drafts[index];
  if (draft === undefined) return;
  await openPoll(troupe.stage.chair, troupe.stage.sessionId, draft);
  open.add(draft.id);
}

async function closeOne({ troupe, drafts }: Playing, index: number): Promise<void> {
  const draft = drafts[index];
  if (draft !== undefined) await closePoll(troupe.stage.chair, troupe.stage.sessionId, draft.id);
}

async function doOne(playing: Playing, due: Due): Promise<void> {
  const doer = doerOf(playing, due);
  if (doer !== null) await playing.troupe.perform(doer, () => deedOf(playing, doer, due));
}

function doerOf({ troupe }: Playing, { kind, who }: Due): Doer | null {
  if (kind !== 'edit') return troupe.people[who] ?? null;
  const [editor, pen] = [troupe.stage.editors[who], troupe.pens[who]];
  return editor === undefined || pen === undefined ? null : { id: editor.name, browser: editor.browser, pen };
}

/** Chosen when it is their turn: what somebody does depends on what they were told. */
function deedOf({ chance, drafts, open, asked }: Playing, doer: Doer, due: Due): Deed | null {
  switch (due.kind) {
    case 'view': {
      const id = randomUUID();
      return { kind: 'view', id, text: `这里的路口应当改一改，放学时车多人多。〔${id.slice(0, 13)}〕` };
    }
    case 'ballot': {
      const draft = drafts[due.poll];
      // A poll that opens late finds fewer voters, as in a hall.
      return draft === undefined || !open.has(draft.id)
        ? null
        : { kind: 'ballot', pollId: draft.id, paper: paperOf(chance) };
    }
    case 'floor': {
      const wish = asked.delete(doer.id) ? 'withdraw' : 'ask';
      if (wish === 'ask') asked.add(doer.id);
      return { kind: 'floor', wish };
    }
    case 'edit':
      return { kind: 'edit', mark: `〔${randomUUID().slice(0, 13)}〕` };
    case 'read':
      return { kind: 'read' };
  }
}
