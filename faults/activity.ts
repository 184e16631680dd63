import { randomUUID } from 'node:crypto';
import type { PollDraft } from '../core/domain/polls/draft.ts';
import type { Chance } from '../load/chance.ts';
import type { Deed } from '../load/history.ts';
import { closePoll, draftPoll, openPoll, paperOf } from '../load/polls.ts';
import type { Troupe } from '../load/troupe.ts';

/** A hall at work, until it is told to stop. */
export type Activity = {
  /** Stops; resolves when every deed has been answered or given up, and no poll is open. */
  readonly stop: () => Promise<void>;
};

export type Manner = {
  /** storms: everybody does nothing but this, as fast as they are answered. */
  readonly storm: 'view' | 'ballot' | null;
};

/** How long a poll stays open, also where nobody does anything but vote, and how long people think, at most. */
const POLL_MS = 2_500;
const STORM_POLL_MS = 700;
const THINK_MS = 250;

/** Everybody does one thing after the other, by chance; the chair opens and closes polls. */
export function startActivity(troupe: Troupe, chance: Chance, { storm }: Manner): Activity {
  const over = new AbortController();
  let poll: PollDraft | null = null;
  const voted = new Map<string, string>();
  const asked = new Set<string>();
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  const choose = (id: string): Deed => {
    const mayVote = poll !== null && voted.get(id) !== poll.id;
    const dice = storm === null ? chance.next() : storm === 'view' ? 0.9 : 0;
    if (poll !== null && mayVote && dice < 0.6) {
      voted.set(id, poll.id);
      return { kind: 'ballot', pollId: poll.id, paper: paperOf(chance) };
    }
    if (storm === 'ballot' || dice < 0.15) return { kind: 'read' };
    if (dice < 0.3) {
      const wish = asked.delete(id) ? 'withdraw' : 'ask';
      if (wish === 'ask') asked.add(id);
      return { kind: 'floor', wish };
    }
    const view = randomUUID();
    return { kind: 'view', id: view, text: `意见〔${view.slice(0, 13)}〕` };
  };
  const person = async (who: Troupe['people'][number]) => {
    while (!over.signal.aborted) {
      await troupe.perform(who, () => choose(who.id));
      await pause(chance.next() * THINK_MS);
    }
  };
  const editor = async (index: number) => {
    const [who, pen] = [troupe.stage.editors[index], troupe.pens[index]];
    if (who === undefined || pen === undefined) return;
    while (!over.signal.aborted) {
      const deed: Deed = { kind: 'edit', mark: `〔${randomUUID().slice(0, 13)}〕` };
      await troupe.perform({ id: who.name, browser: who.browser, pen }, () => deed);
      await pause(chance.next() * THINK_MS * 2);
    }
  };
  const chair = async () => {
    const { chair: browser, sessionId } = troupe.stage;
    const openMs = storm === 'ballot' ? STORM_POLL_MS : POLL_MS;
    for (let number = 1; !over.signal.aborted; number += 1) {
      const draft = draftPoll(number);
      await openPoll(browser, sessionId, draft);
      poll = draft;
      for (let waited = 0; waited < openMs && !over.signal.aborted; waited += 50) await pause(50);
      await closePoll(browser, sessionId, draft.id);
      poll = null;
    }
  };
  const working = Promise.all([
    ...troupe.people.map(person),
    ...troupe.stage.editors.map((_, index) => editor(index)),
    chair(),
  ]);
  // Whoever stops it hears of a failure; until then it must not end the suite.
  working.catch(() => over.abort());
  return {
    stop: async () => {
      over.abort();
      await working;
    },
  };
}
