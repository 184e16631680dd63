import { describe, expect, it } from 'vitest';
import { SessionId, type ParticipantId } from '../../core/domain/ids.ts';
import type { Role } from '../../core/domain/people.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import { audienceOf } from '../../core/domain/room/audiences.ts';
import { ADMIN, participant, participantId, personId, seated, uuid } from '../../core/testing/builders.ts';
import { createHall } from './halls.ts';

const sessionId = SessionId.parse(uuid('sess', 1));
const OFFICE = 'office';

/** A session with its cast seated, and a hall in which the office hears it and those who are let in. */
function stage(draft: boolean) {
  const t = seated({ open: false, draft });
  const cut: string[] = [];
  const asked: string[] = [];
  const hall = createHall(sessionId, {
    tell: () => undefined,
    move: () => undefined,
    cut: (socketId, _sessionId, reason) => cut.push(`${socketId} ${reason}`),
    changed: () => undefined,
    askAnew: (socketId) => asked.push(socketId),
  });
  const enter = (socketId: string, id: ParticipantId | null, role: Role | null) => {
    hall.found(t.room(), []);
    hall.enter({
      socketId,
      participantId: id,
      role,
      venueId: null,
      audience: role === null ? 'chair' : audienceOf(role),
    });
  };
  enter(OFFICE, null, null);
  const does = (...commands: readonly Command[]) => {
    const from = t.log.length;
    for (const command of commands) t.must(ADMIN, command);
    hall.hear(t.log.slice(from));
  };
  const heard = () => hall.listeners().map(({ socketId }) => socketId);
  return { t, hall, cut, asked, enter, does, heard };
}

const member = participantId(1);
const name = (id: ParticipantId): Command => ({ type: 'nameHost', participantId: id });
const move = (role: 'member' | 'staff', venueId: string): Command => ({
  type: 'changeParticipant',
  participantId: member,
  role,
  venueId,
});

describe('a hall of what is not decided', () => {
  it('is left by whoever loses the chair, and kept by whoever holds it and moves [S8]', () => {
    const { cut, enter, does, heard } = stage(true);
    does(name(member));
    enter('host', member, 'member');
    does(move('member', 'v-mobile'));
    expect([cut, heard()]).toEqual([[], [OFFICE, 'host']]);
    does(name(participantId(3)));
    expect([cut, heard()]).toEqual([['host ROLE_MAY_NOT'], [OFFICE]]);
  });

  it('is left by whoever prepares it no more, and asks nobody once it is decided [S8]', () => {
    const draft = stage(true);
    draft.does(move('staff', 'v-main'));
    draft.enter('staff', member, 'staff');
    draft.does(move('member', 'v-main'));
    expect(draft.cut).toEqual(['staff ROLE_MAY_NOT']);
    const decided = stage(true);
    decided.does(name(member));
    decided.enter('host', member, 'member');
    decided.does(
      { type: 'submitPlan' },
      { type: 'approvePlan' },
      name(participantId(3)),
      move('member', 'v-mobile'),
    );
    expect([decided.cut, decided.heard(), decided.asked]).toEqual([[], ['host'], [OFFICE]]);
  });

  it('asks the office anew once it is decided, and whenever somebody with an account gets a seat [P15]', () => {
    const { asked, cut, enter, does, heard } = stage(true);
    does({ type: 'submitPlan' });
    expect([asked, heard()]).toEqual([[], [OFFICE]]);
    does({ type: 'approvePlan' });
    expect([asked, heard()]).toEqual([[OFFICE], []]);
    enter(OFFICE, null, null);
    enter('host', member, 'member');
    const seat = (n: number, isGuest: boolean): Command => ({
      type: 'addParticipant',
      participant: participant(n, 'resident', isGuest),
      personId: personId(n),
    });
    does(seat(20, true));
    expect(asked).toEqual([OFFICE]);
    does(seat(21, false));
    expect([asked, heard(), cut]).toEqual([[OFFICE, OFFICE], ['host'], []]);
  });

  it('knows what was told since the room was read with which somebody came in [S8]', () => {
    const { t, hall, cut, does } = stage(true);
    does(name(member));
    const other = createHall(sessionId, {
      tell: () => undefined,
      move: () => undefined,
      cut: (socketId) => cut.push(socketId),
      changed: () => undefined,
      askAnew: () => undefined,
    });
    const before = t.room();
    t.must(ADMIN, name(participantId(3)));
    other.found(before, t.log.slice(-1));
    other.enter({
      socketId: 'late',
      participantId: participantId(3),
      role: 'resident',
      venueId: null,
      audience: 'room',
    });
    other.hear(t.log.slice(-1));
    expect(cut).toEqual([]);
    expect(hall.isEmpty()).toBe(false);
  });
});
