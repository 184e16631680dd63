import type { ParticipantId } from '../domain/ids.ts';
import { rootOf, textOf, type BoxBallot, type BoxKey } from '../domain/polls/box.ts';
import type { Paper } from '../domain/polls/paper.ts';
import { hasBox, isSecretPoll } from '../domain/polls/poll.ts';
import type { Command } from '../domain/room/commands.ts';
import type { Facts } from '../domain/room/facts.ts';
import { guardBallot, type Who } from '../domain/room/guards.ts';
import type { Room } from '../domain/room/state.ts';

/** A key that nobody made: what scripts open boxes with. */
export const BOX_KEY: BoxKey = {
  spki: 'A'.repeat(562),
  fingerprint: '5'.repeat(64),
  receipts: textOf(new Uint8Array(32)),
};

/** How long what is on its way into a box is waited for. */
const ENDING_MS = 25_000;

type Held = { readonly papers: Paper[]; readonly ballots: BoxBallot[]; readonly roster: ParticipantId[] };

/**
 * Papers of secret polls as the engine keeps them, apart from the room. A ballot that is given to the room though its poll has
 * a box is put into the box, but for the second of each.
 */
export function createHeldPapers() {
  const polls = new Map<string, Held>();
  const heldIn = (pollId: string): Held => {
    const held = polls.get(pollId) ?? { papers: [], ballots: [], roster: [] };
    polls.set(pollId, held);
    return held;
  };
  return {
    /** What a command is judged with, beyond the room. */
    factsFor: (command: Command): Facts => {
      if (command.type === 'openPoll') return { key: BOX_KEY };
      if (command.type !== 'closePoll' && command.type !== 'confirmVoid') return {};
      const { papers, ballots, roster } = heldIn(command.pollId);
      const root = rootOf(command.pollId, ballots);
      const box = { issued: roster.length, cast: ballots.length, root, roster };
      return { papers, box, ...(command.type === 'closePoll' ? { endingMs: ENDING_MS } : {}) };
    },
    /** before: the room that the ballot came to. */
    keep: (before: Room, who: Who, { command, isTaken }: { command: Command; isTaken: boolean }): void => {
      if (command.type !== 'castBallot') return;
      const { pollId, paper } = command;
      const poll = before.polls.find(({ draft }) => draft.id === pollId);
      if (poll === undefined || !isSecretPoll(poll)) return;
      const { papers, ballots, roster } = heldIn(pollId);
      if (!hasBox(poll)) {
        if (isTaken) papers.push(paper);
        return;
      }
      if (who.kind !== 'participant' || roster.includes(who.id) || !guardBallot(before, who, pollId).ok)
        return;
      roster.push(who.id);
      // Whoever comes second never gets as far as the box.
      if (roster.length === 2) return;
      papers.push(paper);
      ballots.push({ ...tokenOf(roster.length), paper });
    },
  };
}

function tokenOf(n: number): Omit<BoxBallot, 'paper'> {
  return { msg: textOf(new Uint8Array(64).fill(n)), signature: textOf(new Uint8Array(384).fill(n)) };
}
