import { describe, expect, it } from 'vitest';
import { ADMIN, as, choose, participantId, poll, pollId, seated } from '../../testing/builders.ts';
import type { Envelope } from '../events.ts';
import { splitPersonal } from '../personal.ts';
import { fileOf } from '../polls/exporting.ts';
import type { PollRules } from '../polls/rules.ts';
import { applyAll } from './apply.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';
import { EMPTY_ROOM } from './state.ts';

const READ = { type: 'readChoices', pollId: pollId(1) } as const;

/** A closed poll in which three have voted; 0 holds the chair. */
function closed(over: Partial<PollRules> = {}) {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: poll(1, { secrecy: 'host', ...over }) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  for (const n of [1, 3, 6])
    t.must(as(n), { type: 'castBallot', pollId: pollId(1), paper: choose(n === 3 ? 'n' : 'y') });
  t.must(as(0), { type: 'closePoll', pollId: pollId(1) });
  const now = () => {
    const [one] = t.room().polls;
    if (one?.phase !== 'closed') throw new Error('not closed');
    return one;
  };
  return { ...t, now };
}

const refused = (reason: string) => ({ ok: false, error: { reason } });
const papersIn = (value: unknown) => JSON.stringify(value).split('"shape"').length - 1;

describe('who chose what, where only the chair is to know', () => {
  it.each(['after_close', 'after_publish'] as const)(
    'is in no event, room or file of any audience, read %s [B65] [L6]',
    (shown) => {
      const t = closed({ shown });
      if (shown === 'after_publish') t.must(as(0), { type: 'publishPoll', pollId: pollId(1) });
      t.must(as(0), READ);
      expect(t.now().kept).toHaveLength(3);
      expect(t.now()).toMatchObject({ ballots: null, result: { chambers: [{ turnout: { cast: 3 } }] } });
      expect(fileOf(t.now())).toMatchObject({ ballots: null, papers: [] });
      for (const audience of AUDIENCES) {
        const seen = t.log.map((envelope) => seenBy(envelope, audience));
        expect(papersIn(seen)).toBe(0);
        expect(papersIn(roomSeenBy(t.room(), audience))).toBe(0);
        expect(applyAll(EMPTY_ROOM, seen)).toEqual(roomSeenBy(t.room(), audience));
      }
      // What the chain hashes openly says nothing of it either.
      for (const { event } of t.log) expect(papersIn(splitPersonal(event).payload)).toBe(0);
    },
  );

  it('is looked at by whoever holds the chair, and that is told once of each [B65]', () => {
    const t = closed();
    for (const n of [1, 3]) expect(t.ask(as(n), READ)).toMatchObject(refused('ROLE_MAY_NOT'));
    expect(t.ask(ADMIN, READ)).toMatchObject(refused('ROLE_MAY_NOT'));
    const told = () => t.log.filter(({ event }) => event.type === 'poll:choicesRead').map(({ by }) => by);
    t.must(as(0), READ);
    t.must(as(0), READ);
    expect(told()).toEqual([participantId(0)]);
    // With the chair the right goes, and the next who looks is told of as well.
    t.must(as(0), { type: 'nameHost', participantId: participantId(1) });
    expect(t.ask(as(0), READ)).toMatchObject(refused('ROLE_MAY_NOT'));
    t.must(as(1), READ);
    expect(Object.keys(t.now().choicesRead ?? {})).toEqual([participantId(0), participantId(1)]);
  });

  it('is there of a closed poll alone that keeps it, until the record is made [B65]', () => {
    const t = closed();
    t.must(as(0), { type: 'preparePoll', poll: poll(0, { secrecy: 'host' }) });
    t.must(as(0), { type: 'openPoll', pollId: pollId(0) });
    const at = (n: number) => t.ask(as(0), { ...READ, pollId: pollId(n) });
    expect(at(0)).toMatchObject(refused('POLL_STILL_OPEN'));
    expect(at(2)).toMatchObject(refused('POLL_UNKNOWN'));
    t.must(as(0), { type: 'closePoll', pollId: pollId(0) });
    t.must(as(0), { type: 'preparePoll', poll: poll(2, { secrecy: 'named' }) });
    expect(at(2)).toMatchObject(refused('POLL_NOT_FOR_CHAIR'));
    t.must(as(0), { type: 'dropPoll', pollId: pollId(2) });
    t.must(as(0), { type: 'closeSession' }, { text: { sha256: 'a'.repeat(64), length: 0 } as never });
    expect(at(1)).toMatchObject(refused('SESSION_CLOSED'));
  });

  it('is withheld in logs of before too, in which the close told it to many [B65] [L6]', () => {
    const t = closed({ shown: 'after_publish' });
    t.must(as(0), { type: 'publishPoll', pollId: pollId(1) });
    const ballots = [...(t.now().kept ?? [])];
    const log = t.log.map((envelope): Envelope => {
      const { event } = envelope;
      const isCount = event.type === 'poll:closed' || event.type === 'poll:published';
      return isCount ? { ...envelope, event: { ...event, ballots, namesForChair: true } } : envelope;
    });
    const room = applyAll(EMPTY_ROOM, log);
    expect(room).toEqual(t.room());
    for (const audience of AUDIENCES) {
      const seen = log.map((envelope) => seenBy(envelope, audience));
      expect(papersIn(seen)).toBe(0);
      expect(applyAll(EMPTY_ROOM, seen)).toEqual(roomSeenBy(room, audience));
    }
  });
});
