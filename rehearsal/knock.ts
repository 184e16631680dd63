import { roomDoors } from '../core/contract/room.ts';
import type { Route } from '../core/contract/route.ts';
import type { SessionId } from '../core/domain/ids.ts';
import type { Command } from '../core/domain/room/commands.ts';
import type { Envelope } from '../core/domain/events.ts';
import { CommandReply } from '../core/contract/door.ts';
import type { Browser } from './doors.ts';

type Request = {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** Sends a command through its door; answers with the events it made. */
export async function command(
  browser: Browser,
  sessionId: SessionId,
  asked: Command,
  key: string,
): Promise<readonly Envelope[]> {
  const { route, params, body } = requestOf(asked);
  const reply = await browser.call(route, { params: { sessionId, ...params }, body, key });
  return CommandReply.parse(reply).events;
}

/** The door of a command, the other way round than the server: from the command to the request. */
function requestOf(asked: Command): Request {
  const at = (name: keyof typeof roomDoors, body: unknown = {}, params = {}): Request => ({
    route: roomDoors[name].route,
    params,
    body,
  });
  switch (asked.type) {
    case 'postView':
      return at(asked.type, { ...asked.view, questions: asked.questions, insteadOf: asked.insteadOf });
    case 'endorseView':
    case 'unendorseView':
    case 'withdrawView':
    case 'markView':
    case 'unmarkView':
    case 'spotlightView':
    case 'passView':
    case 'forgoView':
    case 'restoreView':
      return at(asked.type, {}, { viewId: asked.viewId });
    case 'mergeViews':
    case 'splitViews':
      return at(asked.type, asked.merging);
    case 'addMaterial':
      return at(asked.type, asked.material);
    case 'makeAmendment':
      return at(asked.type, asked.amendment);
    case 'withdrawAmendment':
      return at(asked.type, {}, { amendmentId: asked.amendmentId });
    case 'acceptAmendment':
      return at(asked.type, { byHand: asked.byHand }, { amendmentId: asked.amendmentId });
    case 'declineAmendment':
      return at(asked.type, { why: asked.why }, { amendmentId: asked.amendmentId });
    case 'makeRemark':
      return at(asked.type, asked.remark);
    case 'answerRemark':
      return at(asked.type, { words: asked.words }, { remarkId: asked.remarkId });
    case 'resolveRemark':
    case 'reopenRemark':
      return at(asked.type, {}, { remarkId: asked.remarkId });
    case 'giveAssent':
      return at(asked.type, { place: asked.assent.place }, { sha256: asked.assent.sha256 });
    case 'withdrawAssent':
      return at(asked.type, {}, { sha256: asked.sha256 });
    case 'placeMaterial':
      return at(asked.type, { before: asked.before }, { materialId: asked.materialId });
    case 'withdrawMaterial':
      return at(asked.type, {}, { materialId: asked.materialId });
    case 'showScene':
      return at(asked.type, { scene: asked.scene });
    case 'editView':
      return at(asked.type, { text: asked.text }, { viewId: asked.viewId });
    case 'refuseView':
    case 'hideView':
      return at(asked.type, { reason: asked.reason, why: asked.why }, { viewId: asked.viewId });
    case 'appealView':
      return at(asked.type, { why: asked.why }, { viewId: asked.viewId });
    case 'dismissReports':
      return at(asked.type, { why: asked.why, seen: asked.seen }, { viewId: asked.viewId });
    case 'decideAppeal':
      return at(asked.type, { upheld: asked.upheld }, { viewId: asked.viewId });
    case 'reportView':
      return at(asked.type, { reason: asked.reason }, { viewId: asked.viewId });
    case 'ruleModeration':
      return at(asked.type, asked.rules);
    case 'muteSpeaker':
      return at(asked.type, { why: asked.why }, { participantId: asked.participantId });
    case 'unmuteSpeaker':
      return at(asked.type, {}, { participantId: asked.participantId });
    case 'postReply':
      return at(asked.type, { ...asked.reply, insteadOf: asked.insteadOf });
    case 'preparePoll':
      return at(asked.type, asked.poll);
    case 'putQuestion':
      return at(asked.type, asked.question);
    case 'takeQuestion':
      return at(asked.type, { dueDays: asked.dueDays, note: asked.note }, { questionId: asked.questionId });
    case 'passQuestion': {
      const { to, toName, why, questionId } = asked;
      return at(asked.type, { to, toName, why }, { questionId });
    }
    case 'moveQuestion':
      return at(asked.type, { to: asked.to }, { questionId: asked.questionId });
    case 'withdrawQuestion':
      return at(asked.type, {}, { questionId: asked.questionId });
    case 'closeSession':
    case 'endMeeting':
      return at(asked.type, { waiver: asked.waiver });
    case 'signOutcome': {
      const { type, ...body } = asked;
      return at(type, body);
    }
    case 'revisePoll':
      return at(asked.type, asked.poll, { pollId: asked.poll.id });
    case 'settleTie': {
      const { type, pollId, ...body } = asked;
      return at(type, body, { pollId });
    }
    case 'enterTotals':
      return at(asked.type, asked.totals, { pollId: asked.pollId });
    case 'closePoll':
      return at(asked.type, { why: asked.why }, { pollId: asked.pollId });
    case 'proposeVoid':
      return at(asked.type, { why: asked.why }, { pollId: asked.pollId });
    case 'dropPoll':
    case 'extendPoll':
    case 'declineVoid':
    case 'confirmVoid':
    case 'openPoll':
    case 'publishPoll':
      return at(asked.type, {}, { pollId: asked.pollId });
    case 'castBallot':
      return at(asked.type, asked.paper, { pollId: asked.pollId });
    case 'recordTask':
      return at(asked.type, asked.task);
    case 'moveAgenda':
      return at(asked.type, { itemId: asked.itemId });
    case 'addAgendaItem':
      return at(asked.type, { item: asked.item, before: asked.before });
    case 'removeAgendaItem':
      return at(asked.type, {}, { itemId: asked.itemId });
    case 'placeAgendaItem':
      return at(asked.type, { before: asked.before }, { itemId: asked.itemId });
    case 'moveMinutes':
      return at(asked.type, { from: asked.from, to: asked.to, minutes: asked.minutes });
    case 'setPosting':
      return at(asked.type, { posting: asked.posting }, { itemId: asked.itemId });
    case 'checkIn':
      return at(asked.type, { venueId: asked.venueId }, { participantId: asked.participantId });
    case 'stateLeave':
      return at(asked.type, asked.why === undefined ? {} : { why: asked.why }, {
        participantId: asked.participantId,
      });
    case 'setLobby':
      return at(asked.type, { isOn: asked.isOn });
    case 'admitWaiting':
      return at(asked.type, { participantIds: asked.participantIds });
    case 'turnAway':
      return at(asked.type, { why: asked.why }, { participantId: asked.participantId });
    case 'acceptInvitation':
    case 'withdrawLeave':
      return at(asked.type, {}, { participantId: asked.participantId });
    case 'undoCheckIn':
      return at(asked.type, { at: asked.at }, { participantId: asked.participantId });
    case 'nameHost':
      return at(asked.type, { participantId: asked.participantId });
    case 'giveFloor': {
      const { type, ...body } = asked;
      return at(type, body);
    }
    case 'requestVenueFloor':
    case 'withdrawVenueFloor':
      return at(asked.type, {}, { venueId: asked.venueId });
    case 'giveVenueFloor': {
      const { type, venueId, ...body } = asked;
      return at(type, body, { venueId });
    }
    case 'nameVenueSpeaker': {
      const { type, ...body } = asked;
      return at(type, body);
    }
    case 'requestFloor': {
      const { type, ...body } = asked;
      return at(type, body);
    }
    case 'ruleFloor':
      return at(asked.type, asked.rules);
    case 'extendFloor':
      return at(asked.type, { seconds: asked.seconds });
    case 'removeParticipant':
      return at(asked.type, { why: asked.why }, { participantId: asked.participantId });
    case 'changeParticipant':
      return at(
        asked.type,
        { role: asked.role, venueId: asked.venueId },
        { participantId: asked.participantId },
      );
    case 'revisePlan':
      return at(asked.type, { plan: asked.plan });
    case 'collectViews':
    case 'adjournSession':
      return at(asked.type, { until: asked.until });
    case 'extendCollecting':
      return at(asked.type, { until: asked.until, why: asked.why });
    case 'returnPlan':
    case 'cancelSession':
    case 'abortSession':
    case 'reopenText':
      return at(asked.type, { why: asked.why });
    case 'settleText':
      return at(asked.type, {
        ...(asked.why === undefined ? {} : { why: asked.why }),
        ...(asked.waiver === undefined ? {} : { waiver: asked.waiver }),
      });
    case 'openSession':
    case 'adoptOutcome':
      return at(asked.type, asked.why === undefined ? {} : { why: asked.why });
    case 'planSession':
    case 'addParticipant':
    case 'nameDeputy':
    case 'lookAtName':
    case 'readChoices':
    case 'endOverdueTurn':
    case 'endOverduePoll':
    case 'endOverdueCollecting':
    case 'checkInByCode':
      throw new Error(`${asked.type} has no door of its own`);
    default:
      return at(asked.type);
  }
}
