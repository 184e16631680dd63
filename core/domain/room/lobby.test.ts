import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryLobbyScript } from '../../testing/arbitrary-lobby.ts';
import { runSteps } from '../../testing/arbitrary.ts';
import { as, CAST, participant, participantId, personId, seated } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { LIMITS } from '../limits.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { guardAct } from './guards.ts';
import { applyAll } from './apply.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';
import { EMPTY_ROOM, seatOf, seatsOf } from './state.ts';
import { isWaiting, waitingIn } from './waiting.ts';

const GUEST = CAST.length;
const scans = (n: number) =>
  ({
    type: 'addParticipant',
    participant: participant(n, 'resident', true),
    personId: personId(n),
  }) as const;
const LINK = { kind: 'link', role: 'resident' } as const;
const lets = (...ns: readonly number[]) =>
  ({ type: 'admitWaiting', participantIds: ns.map((n) => participantId(n)) }) as const;
const refused = (reason: string) => ({ error: { reason } });

/** An open session with a lobby where two guests wait. */
function withTwo() {
  const t = seated({ open: true });
  t.must(as(0), { type: 'setLobby', isOn: true });
  t.must(LINK, scans(GUEST));
  t.must(LINK, scans(GUEST + 1));
  return t;
}

describe('the lobby', () => {
  const seed = freshSeed();

  it('keeps whoever scans a code waiting, without any part in the session [H1]', () => {
    const t = withTwo();
    expect(waitingIn(t.room()).map(({ id }) => id)).toEqual([participantId(GUEST), participantId(GUEST + 1)]);
    expect(Object.keys(seatsOf(t.room()))).toHaveLength(CAST.length);
    for (const act of ['room:read', 'room:enter', 'text:read', 'view:post', 'poll:vote'] as const)
      expect(guardAct(t.room(), as(GUEST), act)).toMatchObject(refused('IN_LOBBY'));
    expect(t.ask(as(GUEST), { type: 'enterRoom' })).toMatchObject(refused('IN_LOBBY'));
    // Whoever was asked by name walks in.
    t.must(as(0), { ...scans(GUEST + 2), participant: participant(GUEST + 2, 'member') });
    expect(seatOf(t.room(), participantId(GUEST + 2))).toBeDefined();
  });

  it('is opened by whoever looks after the people, to one or to all, and twice is no news [H1]', () => {
    const t = withTwo();
    expect(t.ask(as(1), lets(GUEST))).toMatchObject(refused('ROLE_MAY_NOT'));
    t.must(as(0), lets(GUEST));
    t.must(as(GUEST), { type: 'enterRoom' });
    const known = t.log.length;
    t.must(as(0), lets(GUEST));
    expect(t.log).toHaveLength(known);
    // Off means that the next ones walk in; who waits is not forgotten.
    t.must(as(0), { type: 'setLobby', isOn: false });
    t.must(LINK, scans(GUEST + 2));
    expect(waitingIn(t.room())).toHaveLength(1);
    expect(seatOf(t.room(), participantId(GUEST + 2))).toBeDefined();
  });

  it('tells who waits to whoever looks after the people; the others hear of who is let in [H1] [L6]', () => {
    const t = withTwo();
    const seenIn = (audience: (typeof AUDIENCES)[number]) =>
      JSON.stringify([t.log.map((envelope) => seenBy(envelope, audience)), roomSeenBy(t.room(), audience)]);
    const [first, second] = [scans(GUEST), scans(GUEST + 1)].map((scan) => scan.participant.name) as [
      string,
      string,
    ];
    expect([seenIn('room').includes(first), seenIn('chair').includes(first)]).toEqual([false, true]);
    t.must(as(0), { type: 'turnAway', participantId: participantId(GUEST), why: '名额已满' });
    t.must(as(0), lets(GUEST + 1));
    expect([seenIn('room').includes(first), seenIn('room').includes(second)]).toEqual([false, true]);
    const said = t.log[t.log.length - 1];
    if (said === undefined) throw new Error('somebody was let in');
    const { payload, personal } = splitPersonal(said.event);
    expect(JSON.stringify(payload)).not.toContain(second);
    expect(joinPersonal(payload, personal)).toEqual(said.event);
    // Logs of before: who is let in keeps the name that they came with, and so does who was erased.
    const { people: _people, ...old } = said.event as Extract<typeof said.event, { type: 'lobby:admitted' }>;
    for (const event of [old, joinPersonal(payload, null)])
      expect(applyAll(EMPTY_ROOM, [...t.log.slice(0, -1), { ...said, event }])).toEqual(t.room());
  });

  it('holds so many and no more; whoever was turned away makes room for another [H1] [H2]', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'setLobby', isOn: true });
    for (let n = 0; n < LIMITS.waitingPerSession; n += 1) t.must(LINK, scans(GUEST + n));
    const last = scans(GUEST + LIMITS.waitingPerSession);
    expect(t.ask(LINK, last)).toMatchObject(refused('SESSION_FULL'));
    t.must(as(0), { type: 'turnAway', participantId: participantId(GUEST), why: '名额已满' });
    t.must(LINK, last);
  });

  it('lets nobody in, and nobody joins, after the meeting has ended [N1] [H1]', () => {
    const t = withTwo();
    t.must(as(0), { type: 'endMeeting' }, { text: { head: 0, sha256: '0'.repeat(64) } });
    expect(t.ask(as(0), lets(GUEST))).toMatchObject(refused('SESSION_NOT_OPEN'));
    const member = { ...scans(GUEST + 2), participant: participant(GUEST + 2, 'member') };
    expect(t.ask(as(0), member)).toMatchObject(refused('SESSION_NOT_OPEN'));
  });

  it('turns away with a reason that only they and the chair read, and not the record [H2]', () => {
    const t = withTwo();
    t.must(as(0), { type: 'turnAway', participantId: participantId(GUEST), why: '名额已满' });
    expect(t.ask(as(0), lets(GUEST)).ok).toBe(true);
    expect(isWaiting(t.room().participants[participantId(GUEST)])).toBe(false);
    expect(guardAct(t.room(), as(GUEST), 'room:read')).toMatchObject(refused('REMOVED_FROM_SESSION'));
    expect(t.ask(LINK, scans(GUEST))).toMatchObject(refused('ID_TAKEN'));
    expect(t.ask(as(0), { type: 'turnAway', participantId: participantId(1), why: '。' })).toMatchObject(
      refused('PARTICIPANT_UNKNOWN'),
    );
    const said = t.log.find(({ event }) => event.type === 'lobby:turnedAway');
    if (said === undefined) throw new Error('somebody was turned away');
    expect(JSON.stringify(splitPersonal(said.event).payload)).not.toContain('名额');
    expect(JSON.stringify([seenBy(said, 'room'), roomSeenBy(t.room(), 'room')])).not.toContain('名额');
    expect(JSON.stringify(roomSeenBy(t.room(), 'chair'))).toContain('名额');
    t.must(as(0), { type: 'closeSession' }, { text: { head: 0, sha256: '0'.repeat(64) } });
    expect(JSON.stringify(t.room())).not.toContain('名额');
  });

  it(`lets nobody do anything who waits, whatever is asked (seed ${seed}) [H1] [P2]`, () => {
    fc.assert(
      fc.property(arbitraryLobbyScript, (script) => {
        const { log, room } = runSteps(script, (before, _after, events, who) => {
          if (who.kind === 'participant' && isWaiting(before.participants[who.id]))
            expect(events).toEqual([]);
        });
        for (const audience of AUDIENCES)
          expect(
            applyAll(
              EMPTY_ROOM,
              log.map((envelope) => seenBy(envelope, audience)),
            ),
          ).toEqual(roomSeenBy(room, audience));
      }),
      { seed, numRuns: 100 },
    );
  });
});
