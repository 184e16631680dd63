import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryAmendingScript } from '../../testing/arbitrary-amending.ts';
import {
  arbitraryCourse,
  arbitraryPeopleScript,
  arbitraryScript,
  runSteps,
} from '../../testing/arbitrary.ts';
import { arbitraryConcludingScript } from '../../testing/arbitrary-concluding.ts';
import { arbitraryCuratingScript } from '../../testing/arbitrary-curating.ts';
import { arbitraryFloorScript } from '../../testing/arbitrary-floor.ts';
import { arbitraryMaterialScript } from '../../testing/arbitrary-materials.ts';
import { arbitraryLobbyScript } from '../../testing/arbitrary-lobby.ts';
import { arbitraryPollScript } from '../../testing/arbitrary-poll-life.ts';
import { arbitraryModerated } from '../../testing/arbitrary-moderation.ts';
import { arbitraryQuestionScript } from '../../testing/arbitrary-questions.ts';
import { arbitraryVotingScript } from '../../testing/arbitrary-voting.ts';
import { freshSeed } from '../../testing/seed.ts';
import { verifyChain, type LogRow } from '../chain.ts';
import { commit, genesis, linkHash } from '../linking.ts';
import { Envelope, RoomEvent } from '../events.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { hasBox } from '../polls/poll.ts';
import { turnoutOfAll } from '../polls/reading.ts';
import { seated, uuid } from '../../testing/builders.ts';
import { applyAll } from './apply.ts';
import { chair, guardAct, guardChairMaker } from './guards.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy, rowSeenBy, seenBy, seenLater } from './seen-by.ts';
import { EMPTY_ROOM, type Room } from './state.ts';

const seed = freshSeed();
const anyScript = fc.oneof(
  { weight: 3, arbitrary: arbitraryScript },
  { weight: 1, arbitrary: arbitraryQuestionScript },
  { weight: 1, arbitrary: arbitraryConcludingScript },
  { weight: 1, arbitrary: arbitraryCuratingScript },
  { weight: 1, arbitrary: arbitraryLobbyScript },
  { weight: 1, arbitrary: arbitraryPollScript },
  { weight: 1, arbitrary: arbitraryMaterialScript },
  { weight: 1, arbitrary: arbitraryVotingScript },
);
const folded = fc.oneof(
  { weight: 4, arbitrary: arbitraryScript },
  { weight: 1, arbitrary: arbitraryPollScript },
);
const options = { seed, numRuns: 100 };

describe(`a room under random commands from random people (seed ${seed})`, () => {
  it('folds its log into itself, through JSON and through the schema [L1] [L5]', () => {
    fc.assert(
      fc.property(folded, (script) => {
        const { log, room } = runSteps(script);
        expect(log.map((envelope) => envelope.seq)).toEqual(log.map((_, index) => index + 1));
        const stored = JSON.parse(JSON.stringify(log)) as unknown[];
        const read = stored.map((row) => Envelope.parse(row));
        expect(applyAll(EMPTY_ROOM, read)).toEqual(room);
      }),
      options,
    );
  });

  it('shows each audience the fold of what it sees, every seq included [L6] [B4]', () => {
    fc.assert(
      fc.property(folded, (script) => {
        const { log, room } = runSteps(script);
        for (const audience of AUDIENCES) {
          const seen = log.map((envelope) => seenBy(envelope, audience));
          expect(seen.map((envelope) => envelope.seq)).toEqual(log.map((e) => e.seq));
          expect(applyAll(EMPTY_ROOM, seen)).toEqual(roomSeenBy(room, audience));
          const later = log.map((envelope) => seenLater(envelope, audience, room));
          expect(applyAll(EMPTY_ROOM, later)).toEqual(roomSeenBy(room, audience));
        }
      }),
      options,
    );
  });

  it('keeps its invariants after every step [P2] [S1] [S5] [F2] [B3]', () => {
    fc.assert(
      fc.property(arbitraryScript, (script) => {
        runSteps(script, (before, after, events) => {
          expect(after.turns.filter((turn) => turn.endedAt === null).length).toBeLessThanOrEqual(1);
          if (before.state === 'archived') expect(events).toEqual([]);
          for (const poll of after.polls) {
            if (poll.phase !== 'closed') continue;
            const named = poll.ballots?.map((ballot) => ballot.by) ?? [];
            expect(new Set(named).size).toBe(named.length);
            if (poll.result === null) throw new Error('a result that waits');
            const { cast, entitled } = turnoutOfAll(poll.result);
            expect(cast).toBeLessThanOrEqual(entitled);
            // Nobody knows of which role a ballot in a box is.
            const told = poll.result.groups.reduce((sum, part) => sum + part.entitled, 0);
            expect(told).toBe(hasBox(poll) ? 0 : entitled);
          }
          const views = after.views.map((view) => view.id);
          expect(new Set(views).size).toBe(views.length);
          const queued = after.queue.map((entry) => entry.participantId);
          expect(new Set(queued).size).toBe(queued.length);
        });
      }),
      options,
    );
  });

  it('lets nobody run it but by somebody who ran it, and never empties the chair [P10] [P5] [P3]', () => {
    const runners = (room: Room) =>
      Object.values(room.participants).filter(
        ({ id }) => guardAct(room, { kind: 'participant', id }, 'session:run').ok,
      );
    fc.assert(
      fc.property(arbitraryPeopleScript, (script) => {
        runSteps(script, (before, after, _events, asker) => {
          expect(chair(after)).not.toBeNull();
          expect(runners(after).filter((seat) => seat.isGuest)).toEqual([]);
          if (guardChairMaker(before, asker).ok) return;
          // Whoever may not say who runs the session changes neither the chair nor who may run it.
          expect(chair(after)).toBe(chair(before));
          expect(runners(after).map((seat) => seat.id)).toEqual(runners(before).map((seat) => seat.id));
        });
      }),
      options,
    );
  });

  it('gets somewhere: the scripts reach every kind of event but the plan of a second session [L5]', () => {
    const kinds = RoomEvent.options.map((option) => option.shape.type.value);
    const reached = new Set<string>();
    const missing = () => kinds.filter((kind) => !reached.has(kind));
    const run = (script: Parameters<typeof runSteps>[0], start?: ReturnType<typeof seated>) => {
      for (const { event } of runSteps(script, undefined, start).log) reached.add(event.type);
    };
    // Some are reached once in hundreds of scripts: as many as it takes, and no more.
    for (let round = 0; round < 200 && missing().length > 0; round += 1) {
      const sample = { seed: seed + round, numRuns: 40 };
      for (const [n, script] of fc.sample(arbitraryCourse, sample).entries())
        run(script, seated(n % 2 === 0 ? { open: true } : { open: false, draft: true }));
      for (const some of [
        arbitraryModerated,
        arbitraryFloorScript,
        arbitraryVotingScript,
        arbitraryAmendingScript,
      ])
        for (const script of fc.sample(some, { ...sample, numRuns: 10 })) run(script);
      for (const [n, script] of fc.sample(arbitraryPeopleScript, { ...sample, numRuns: 20 }).entries())
        run(script, seated({ open: n % 2 === 0 }));
      for (const script of fc.sample(anyScript, sample)) run(script);
    }
    expect(missing()).toEqual([]);
  }, 120_000);

  it('verifies as a chain, erased, withheld or not, and names the first row that was touched [L2] [L4] [L6]', () => {
    fc.assert(
      fc.property(fc.oneof(anyScript, arbitraryModerated), fc.nat(), fc.boolean(), (script, at, erase) => {
        const { log, room } = runSteps(script);
        const id = uuid('sess', 1);
        const { rows, head } = chained(id, log);
        expect(rows.map((row) => joinPersonal(row.payload, row.personal))).toEqual(
          log.map((envelope) => envelope.event),
        );
        expect(verifyChain(id, rows, head).valid).toBe(true);
        // What a reader may not see is nowhere in the rows they are given, and the chain holds for them.
        for (const audience of AUDIENCES) {
          const given = rows.map((row) => rowSeenBy(row, audience, room));
          expect(given.map(({ payload, personal }) => joinPersonal(payload, personal))).toEqual(
            log.map((envelope) => seenLater(envelope, audience, room).event),
          );
          expect(given.every((row) => (row.salt === null) === (row.personal === null))).toBe(true);
          expect(verifyChain(id, given, head).valid).toBe(true);
        }
        const index = at % rows.length;
        const erased = rows.map((row, n) => (n === index ? { ...row, personal: null, salt: null } : row));
        if (erase) expect(verifyChain(id, erased, head).valid).toBe(true);
        const forged = rows.map((row, n) =>
          n === index ? { ...row, by: 'office' as const, at: '2020-01-01T00:00:00.000Z' } : row,
        );
        expect(verifyChain(id, forged, head)).toMatchObject({ valid: false, seq: index + 1 });
        expect(verifyChain(id, rows.slice(0, -1), head).valid).toBe(false);
        expect(verifyChain(uuid('sess', 2), rows, head).valid).toBe(false);
      }),
      // Every run hashes a log seven times.
      { seed, numRuns: 30 },
    );
  }, 30_000);
});

function chained(id: string, log: readonly Envelope[]): { rows: LogRow[]; head: string } {
  let head = genesis(id);
  const rows = log.map(({ seq, at, by, event }) => {
    const { payload, personal } = splitPersonal(event);
    const salt = personal === null ? null : `${seq}`.padStart(32, '0');
    const commitment = personal === null || salt === null ? null : commit(salt, personal);
    head = linkHash(head, { seq, at, by, payload, commitment });
    return { seq, at, by, payload, personal, salt, commitment, hash: head };
  });
  return { rows, head };
}
