import type { AssentedParagraph } from '../assents.ts';
import type { RoomEvent } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { may, ROLES, type Role } from '../people.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { chair, guardLiveAct, type Who } from './guards.ts';
import { guardHeard } from './keeping-order.ts';
import { departmentOf } from './questions.ts';
import { attendanceOf } from './roll.ts';
import { seatsOf, type Room, type Seat } from './state.ts';

/** Rules of agreeing with single paragraphs of the shared text while it is written [O16]. */
export function decideAssents(
  room: Room,
  who: Who,
  command: CommandOf<'giveAssent' | 'withdrawAssent'>,
): Result<readonly RoomEvent[], Refusal> {
  if (command.type === 'giveAssent') {
    const { assent } = command;
    const allowed = guardAssent(room, who, assent.sha256);
    return allowed.ok ? ok([{ type: 'assent:given', assent }]) : allowed;
  }
  const { sha256 } = command;
  const mine = guardWithdrawAssent(room, who, sha256);
  return mine.ok ? ok([{ type: 'assent:withdrawn', sha256 }]) : mine;
}

/** Paragraphs that somebody agrees with, or has. */
export function assentsOf({ assents = [] }: Pick<Room, 'assents'>): readonly AssentedParagraph[] {
  return assents;
}

/** Whether this person may agree with a paragraph now: whoever takes sides and does not hold the chair, once. */
export function guardAssent(room: Room, who: Who, sha256: string): Result<Seat, Refusal> {
  const seat = guardLiveAct(room, who, 'text:assent');
  if (!seat.ok) return seat;
  const { id } = seat.value;
  if (chair(room) === id) return refuse('CHAIR_STAYS_NEUTRAL');
  const heard = guardHeard(room, who, 'giveAssent');
  if (!heard.ok) return heard;
  const all = assentsOf(room);
  const known = all.find((one) => one.sha256 === sha256);
  if (known?.by.includes(id) === true) return refuse('ASSENTED_ALREADY');
  const max = LIMITS.assents;
  const isFull =
    all.filter(({ by }) => by.includes(id)).length >= max.each ||
    (known === undefined && all.length >= max.paragraphs);
  return isFull ? refuse('SESSION_FULL') : seat;
}

/** Whether this person may take back that they agree with a paragraph. */
export function guardWithdrawAssent(room: Room, who: Who, sha256: string): Result<Seat, Refusal> {
  const seat = guardLiveAct(room, who, 'text:assent');
  if (!seat.ok) return seat;
  const known = assentsOf(room).find((one) => one.sha256 === sha256);
  return known?.by.includes(seat.value.id) === true ? seat : refuse('ASSENT_UNKNOWN');
}

/** How a paragraph stands with those who are present: of each role how many agree; a department counts once. */
export type Standing = {
  readonly light: 'none' | 'some' | 'all';
  readonly roles: readonly { readonly role: Role; readonly agreed: number; readonly all: number }[];
};

/** How a paragraph stands, by the digest of its words. Whoever agreed counts as there, wherever they are now. */
export function standingOfParagraph(room: Room, sha256: string): Standing {
  const by = assentsOf(room).find((one) => one.sha256 === sha256)?.by ?? [];
  const isAsked = (seat: Seat) =>
    may(seat.role, 'text:assent') &&
    chair(room) !== seat.id &&
    (attendanceOf(seat) === 'present' || by.includes(seat.id));
  const asked = Object.values(seatsOf(room)).filter(isAsked);
  const roles = ROLES.flatMap((role) => {
    const voices = new Map<string, boolean>();
    for (const seat of asked.filter((one) => one.role === role)) {
      const voice = departmentOf(seat) ?? seat.id;
      voices.set(voice, voices.get(voice) === true || by.includes(seat.id));
    }
    const agreed = Array.from(voices.values()).filter(Boolean).length;
    return voices.size === 0 ? [] : [{ role, agreed, all: voices.size }];
  });
  const isAll = roles.length > 0 && roles.every(({ agreed, all }) => agreed === all);
  return { light: by.length === 0 ? 'none' : isAll ? 'all' : 'some', roles };
}
