import type { RoomEvent } from '../events.ts';
import type { Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import { decideAmending } from './amending.ts';
import { alsoAlways } from './always.ts';
import { decideRoll } from './checking-in.ts';
import type { Command } from './commands.ts';
import type { Facts } from './facts.ts';
import { decideAssents } from './assenting.ts';
import { decideAgenda } from './arranging.ts';
import { decideConcluding } from './concluding.ts';
import { decideCollecting } from './collecting.ts';
import { decideEndorsing } from './endorsing.ts';
import { decideAsking } from './asking.ts';
import { decideCurating } from './curating.ts';
import { decideFloor } from './floor.ts';
import { decideInviting } from './inviting.ts';
import { decideLobby } from './lobby.ts';
import { decideHiding } from './hiding.ts';
import { decideMaterials } from './materials.ts';
import { decideMeeting } from './meeting.ts';
import { decideMending } from './mending.ts';
import { decideMerging } from './merging.ts';
import { decideOrder } from './keeping-order.ts';
import { throughList, withMasked } from './listed-words.ts';
import { decideNaming } from './naming.ts';
import { decidePeople } from './people.ts';
import { decidePreparing } from './preparing.ts';
import { decidePolls } from './voting.ts';
import { decideRemarks } from './remarking.ts';
import { decideReview } from './reviewing.ts';
import { decideSpeaking } from './speaking.ts';
import { decideVenueFloor } from './venue-floor.ts';
import type { Who } from './guards.ts';
import type { Room } from './state.ts';

/**
 * The only judge [L5]: what a command does to a room, or why it is refused. Pure; never changes the room.
 * The events of one command are appended together or not at all.
 */
export function decide(
  room: Room,
  who: Who,
  command: Command,
  facts: Facts = {},
): Result<readonly RoomEvent[], Refusal> {
  const judged = judge(room, who, command, facts);
  if (!judged.ok) return judged;
  if (command.type === 'planSession') return listedPlan(room, who, { command, facts, decided: judged });
  const decided = alsoAlways(judged, { room, who, type: command.type, facts });
  if (!decided.ok) return decided;
  // Last, because it tells what somebody wrote of whom nothing is taken anyway.
  const listed = throughList(room, who, { command, words: facts.words });
  if (!listed.ok) return listed;
  const { command: through, isHeld, ...covered } = listed.value;
  if (covered.masked === 0 && !isHeld) return decided;
  const again = judge(room, who, through, { ...facts, isHeld });
  return again.ok ? ok(withMasked(again.value, covered)) : again;
}

/** A plan is there before its room is: of what asks of a room only the list of words is asked of it [X10]. */
function listedPlan(
  room: Room,
  who: Who,
  {
    command,
    facts,
    decided,
  }: { command: Command; facts: Facts; decided: Result<readonly RoomEvent[], Refusal> },
): Result<readonly RoomEvent[], Refusal> {
  const listed = throughList(room, who, { command, words: facts.words });
  return listed.ok ? decided : listed;
}

function judge(room: Room, who: Who, command: Command, facts: Facts): Result<readonly RoomEvent[], Refusal> {
  switch (command.type) {
    case 'planSession':
    case 'revisePlan':
    case 'submitPlan':
    case 'returnPlan':
    case 'approvePlan':
    case 'cancelSession':
      return decidePreparing(room, who, command, facts);
    case 'collectViews':
    case 'extendCollecting':
    case 'endCollecting':
    case 'endOverdueCollecting':
      return decideCollecting(room, who, command, facts);
    case 'adjournSession':
    case 'abortSession':
    case 'openSession':
    case 'pauseSession':
    case 'resumeSession':
    case 'closeSession':
    case 'moveAgenda':
    case 'recordTask':
      return decideMeeting(room, who, command, facts);
    case 'endMeeting':
    case 'settleText':
    case 'signOutcome':
    case 'reopenText':
    case 'adoptOutcome':
      return decideConcluding(room, who, command, facts);
    case 'makeAmendment':
    case 'withdrawAmendment':
    case 'acceptAmendment':
    case 'declineAmendment':
      return decideAmending(room, who, command);
    case 'makeRemark':
    case 'answerRemark':
    case 'resolveRemark':
    case 'reopenRemark':
      return decideRemarks(room, who, command);
    case 'giveAssent':
    case 'withdrawAssent':
      return decideAssents(room, who, command);
    case 'addAgendaItem':
    case 'removeAgendaItem':
    case 'placeAgendaItem':
    case 'moveMinutes':
    case 'setPosting':
      return decideAgenda(room, who, command, facts);
    case 'addParticipant':
    case 'enterRoom':
    case 'changeParticipant':
    case 'removeParticipant':
    case 'nameHost':
      return decidePeople(room, who, command, facts);
    case 'checkIn':
    case 'checkInByCode':
    case 'undoCheckIn':
    case 'stateLeave':
    case 'withdrawLeave':
      return decideRoll(room, who, command);
    case 'hideNames':
    case 'lookAtName':
      return decideNaming(room, who, command);
    case 'setLobby':
    case 'admitWaiting':
    case 'turnAway':
      return decideLobby(room, who, command);
    case 'acceptInvitation':
    case 'nameDeputy':
      return decideInviting(room, who, command);
    case 'postView':
    case 'postReply':
      return decideSpeaking(room, who, command, facts);
    case 'ruleFloor':
    case 'requestFloor':
    case 'withdrawFloor':
    case 'giveFloor':
    case 'pauseFloor':
    case 'resumeFloor':
    case 'extendFloor':
    case 'endFloor':
    case 'endOverdueTurn':
      return decideFloor(room, who, command, facts);
    case 'requestVenueFloor':
    case 'withdrawVenueFloor':
    case 'giveVenueFloor':
    case 'nameVenueSpeaker':
      return decideVenueFloor(room, who, command);
    case 'endorseView':
    case 'unendorseView':
      return decideEndorsing(room, who, command);
    case 'editView':
    case 'withdrawView':
      return decideMending(room, who, command, facts);
    case 'markView':
    case 'unmarkView':
    case 'spotlightView':
    case 'endSpotlight':
    case 'showScene':
      return decideCurating(room, who, command);
    case 'addMaterial':
    case 'withdrawMaterial':
    case 'placeMaterial':
      return decideMaterials(room, who, command, facts);
    case 'mergeViews':
    case 'splitViews':
      return decideMerging(room, who, command);
    case 'passView':
    case 'refuseView':
    case 'forgoView':
    case 'appealView':
    case 'decideAppeal':
      return decideReview(room, who, command, facts);
    case 'hideView':
    case 'restoreView':
    case 'reportView':
    case 'dismissReports':
      return decideHiding(room, who, command, facts);
    case 'ruleModeration':
    case 'silenceAll':
    case 'liftSilence':
    case 'muteSpeaker':
    case 'unmuteSpeaker':
      return decideOrder(room, who, command);
    case 'putQuestion':
    case 'takeQuestion':
    case 'passQuestion':
    case 'moveQuestion':
    case 'withdrawQuestion':
      return decideAsking(room, who, command);
    case 'preparePoll':
    case 'revisePoll':
    case 'dropPoll':
    case 'openPoll':
    case 'extendPoll':
    case 'proposeVoid':
    case 'declineVoid':
    case 'confirmVoid':
    case 'enterTotals':
    case 'settleTie':
    case 'readChoices':
    case 'castBallot':
    case 'closePoll':
    case 'publishPoll':
    case 'endOverduePoll':
      return decidePolls(room, who, command, facts);
    default:
      return unreachable(command);
  }
}
