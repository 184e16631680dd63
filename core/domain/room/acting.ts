import type { ParticipantId } from '../ids.ts';
import type { Act, Office } from '../people.ts';
import { isUnpublished } from '../sessions.ts';
import type { Command } from './commands.ts';
import { COURSE } from './course.ts';
import { guardAct, guardChairMaker, type Who } from './guards.ts';
import type { Room } from './state.ts';

/** Somebody in a session, and the office of its organisation that they hold beside their seat; null: none. */
export type Hats = { readonly who: Who; readonly office: Office | null };

/** Planning is the office's, whatever seat they have: whoever planned for themselves is not shut out of it [S7]. */
const OF_OFFICE: readonly Act[] = ['session:approve', 'session:plan', 'collecting:extend'];
/** Asking people in, and saying that a poll does not count, is the office's where the seat does not do it. What is said, looked up and moderated goes by the seat. */
const BESIDE_SEAT: readonly Act[] = ['people:manage', 'link:manage', 'poll:void'];
/** What the office does about people without a place at a venue, and without being told who waits. */
const ABOUT_PEOPLE: readonly Command['type'][] = [
  'addParticipant',
  'changeParticipant',
  'removeParticipant',
  'hideNames',
  'checkIn',
  'undoCheckIn',
];
/** That a poll does not count is said by two: the administrator is one of them, also beside a seat that does not say it [B42]. */
const ABOUT_VOIDS: readonly Command['type'][] = ['proposeVoid', 'declineVoid', 'confirmVoid'];
/** Answers of the invited: each their own, or given for them by whoever looks after the people. */
const ANSWERS: readonly Command['type'][] = ['stateLeave', 'withdrawLeave', 'acceptInvitation'];

/** As whom somebody does this kind of thing: by their seat, or by the office where that is the office's [P15]. */
export function actingAs(room: Room, { who, office }: Hats, act: Act): Who {
  if (office === null || who.kind !== 'participant') return who;
  const asOffice: Who = { kind: 'office', office };
  if (!guardAct(room, asOffice, act).ok) return who;
  if (OF_OFFICE.includes(act)) return asOffice;
  // A seat on the roll of a draft knows nothing of it yet, and whoever is to approve it reads it [S8].
  const isOffices = isDraft(room) || BESIDE_SEAT.includes(act);
  return isOffices && !guardAct(room, who, act).ok ? asOffice : who;
}

function isDraft({ state, neverPublished }: Room): boolean {
  return neverPublished ?? isUnpublished(state);
}

/** What of a command says as whom it is asked. */
type Asked = { readonly type: Command['type']; readonly participantId?: ParticipantId | null };

/** As whom somebody gives a command [P15]: one function for the button and for the server. */
export function askingAs(room: Room, hats: Hats, { type, participantId }: Asked): Who {
  const { who, office } = hats;
  if (type === 'nameHost') {
    const asOffice: Who | null = office === null ? null : { kind: 'office', office };
    const isOffices = asOffice !== null && guardChairMaker(room, asOffice).ok;
    return isOffices && !guardChairMaker(room, who).ok ? asOffice : who;
  }
  if (ANSWERS.includes(type)) {
    const isOwn = who.kind === 'participant' && who.id === participantId;
    return isOwn ? who : actingAs(room, hats, 'people:manage');
  }
  const { act } = COURSE[type];
  const isOffices = ABOUT_PEOPLE.includes(type) || ABOUT_VOIDS.includes(type) || OF_OFFICE.includes(act);
  return isOffices ? actingAs(room, hats, act) : who;
}
