import type { RoomEvent } from './events.ts';
import { ViewId } from './ids.ts';
import { HeldView, Report } from './moderation.ts';
import { NameLook } from './names.ts';
import { Called } from './people.ts';
import { bare, enclosedIn, ViewPicture, type Enclosed } from './pictures.ts';
import { ballotsBeside, withBallots } from './polls/beside.ts';
import { CastPaper } from './polls/first-form.ts';
import { amendmentBeside, amendmentWith, remarkBeside, remarkWith } from './text-beside.ts';
import { Totals } from './polls/totals.ts';

const Looked = NameLook.pick({ participantId: true, purpose: true, looker: true });

/** People's own words, names and choices: kept beside the log, committed to by a salted hash, erasable [L4]. */
export type Personal = Readonly<Record<string, string>>;

/**
 * Splits an event into what is hashed openly and what is only committed to.
 * joinPersonal is its inverse; with personal = null the words come back as '', a paper as null.
 */
export function splitPersonal(event: RoomEvent): { payload: RoomEvent; personal: Personal | null } {
  switch (event.type) {
    case 'participant:added': {
      const { name, affiliation } = event.participant;
      const participant = { ...event.participant, name: '' as const, affiliation: '' as const };
      return { payload: { ...event, participant }, personal: { name, affiliation } };
    }
    case 'lobby:admitted': {
      const { people } = event;
      if (people === undefined) return { payload: event, personal: null };
      const blank = people.map(() => ({ name: '' as const, affiliation: '' as const }));
      return { payload: { ...event, people: blank }, personal: { people: JSON.stringify(people) } };
    }
    case 'names:hidden':
      return {
        payload: { ...event, names: event.names.map(() => '' as const) },
        personal: { names: JSON.stringify(event.names) },
      };
    case 'name:lookedAt':
      return event.look === null
        ? { payload: event, personal: null }
        : { payload: { ...event, look: null }, personal: { look: JSON.stringify(event.look) } };
    case 'participant:removed':
    case 'lobby:turnedAway':
    case 'session:returned':
    case 'session:cancelled':
    case 'session:aborted':
    case 'session:reopened':
    case 'amendment:declined':
      return { payload: { ...event, why: '' }, personal: { why: event.why } };
    case 'outcome:signed':
      return event.reservation === undefined
        ? { payload: event, personal: null }
        : { payload: { ...event, reservation: '' }, personal: { reservation: event.reservation } };
    case 'amendment:made':
      return amendmentBeside(event);
    case 'remark:made':
      return remarkBeside(event);
    case 'remark:answered':
      return { payload: { ...event, words: '' }, personal: { words: event.words } };
    case 'agenda:added':
      return {
        payload: { ...event, item: { ...event.item, title: '' } },
        personal: { title: event.item.title },
      };
    case 'material:added':
      return {
        payload: { ...event, material: { ...event.material, title: '' } },
        personal: { title: event.material.title },
      };
    case 'leave:stated':
    case 'session:collecting':
    case 'session:opened':
    case 'session:settled':
    case 'session:adopted':
      return event.why === undefined
        ? { payload: event, personal: null }
        : { payload: { ...event, why: '' }, personal: { why: event.why } };
    case 'view:posted':
      return {
        payload: { ...event, view: { ...bare(event.view), text: '' } },
        personal: { text: event.view.text, ...keptBeside(enclosedIn(event.view)) },
      };
    case 'view:passed':
      return {
        payload: { ...event, view: { ...bare(event.view), text: '' } },
        personal: { text: event.view.text, ...keptBeside(enclosedIn(event.view)) },
      };
    case 'view:restored': {
      const { enclosed, ...rest } = event;
      return {
        payload: { ...rest, text: '' },
        personal: { text: event.text, ...(enclosed === undefined ? {} : keptBeside(enclosed)) },
      };
    }
    case 'view:held':
      return event.held === null
        ? { payload: event, personal: null }
        : { payload: { ...event, held: null }, personal: { held: JSON.stringify(event.held) } };
    case 'view:reported':
      return event.report === null
        ? { payload: event, personal: null }
        : { payload: { ...event, report: null }, personal: { report: JSON.stringify(event.report) } };
    case 'view:hidden': {
      const { account, was, ...rest } = event;
      const beside: Personal = {
        ...(was === null ? {} : { was: JSON.stringify(was) }),
        ...accountBeside(account),
      };
      return { payload: { ...rest, why: '', was: null }, personal: { why: event.why, ...beside } };
    }
    case 'view:refused': {
      const { why, viewId, account, ...rest } = event;
      const personal = { why, ...idBeside(viewId), ...accountBeside(account) };
      return { payload: { ...rest, why: '', viewId: null }, personal };
    }
    case 'view:appealed':
    case 'view:upheld': {
      const { why, viewId } = event;
      return { payload: { ...event, why: '', viewId: null }, personal: { why, ...idBeside(viewId) } };
    }
    case 'reports:dismissed': {
      const { why, viewId, seen, ...rest } = event;
      const beside: Personal = seen === undefined ? {} : { seen: String(seen) };
      return {
        payload: { ...rest, why: '', viewId: null },
        personal: { why, ...idBeside(viewId), ...beside },
      };
    }
    case 'view:forgone':
      return event.viewId === null
        ? { payload: event, personal: null }
        : { payload: { ...event, viewId: null }, personal: idBeside(event.viewId) };
    case 'speaker:muted':
      return { payload: { ...event, why: '' }, personal: { why: event.why } };
    case 'view:edited':
      return { payload: { ...event, text: '' }, personal: { text: event.text } };
    case 'reply:posted':
    case 'reply:passed':
      return {
        payload: { ...event, reply: { ...event.reply, text: '' } },
        personal: { text: event.reply.text },
      };
    case 'question:taken':
      return { payload: { ...event, note: '' }, personal: { note: event.note } };
    case 'question:passed': {
      const { toName, why } = event;
      return { payload: { ...event, toName: '', why: '' }, personal: { toName, why } };
    }
    case 'questions:waived':
    case 'cases:waived':
    case 'poll:voidProposed':
    case 'poll:tieSettled':
      return { payload: { ...event, why: '' }, personal: { why: event.why } };
    case 'poll:ending':
      return event.why === undefined
        ? { payload: event, personal: null }
        : { payload: { ...event, why: '' }, personal: { why: event.why } };
    // Only the ballot that stands at the close is published: the log commits to the others, and tells them nobody [B4].
    case 'ballot:cast':
      return event.paper === null
        ? { payload: event, personal: null }
        : { payload: { ...event, paper: null }, personal: { paper: JSON.stringify(event.paper) } };
    case 'poll:voidMarked':
      return event.account === null
        ? { payload: event, personal: null }
        : { payload: { ...event, account: null }, personal: { account: event.account } };
    case 'totals:entered':
      return event.totals === null
        ? { payload: event, personal: null }
        : { payload: { ...event, totals: null }, personal: { totals: JSON.stringify(event.totals) } };
    case 'poll:closed':
    case 'poll:published':
      return ballotsBeside(event);
    default:
      return { payload: event, personal: null };
  }
}

/** Pictures and place beside the words that they go with: erased with them [J4]. */
function keptBeside({ pictures, place }: Enclosed): Personal {
  return {
    ...(pictures === undefined ? {} : { pictures: JSON.stringify(pictures) }),
    ...(place === undefined ? {} : { place }),
  };
}

function enclosedBeside({ pictures, place }: Personal): Enclosed {
  return enclosedIn({
    pictures: pictures === undefined ? undefined : ViewPicture.array().parse(JSON.parse(pictures)),
    place,
  });
}

/** Puts the personal part back; null means it was erased. */
export function joinPersonal(payload: RoomEvent, personal: Personal | null): RoomEvent {
  if (personal === null) return payload;
  switch (payload.type) {
    case 'participant:added': {
      const name = personal['name'] ?? '';
      const affiliation = personal['affiliation'] ?? '';
      return { ...payload, participant: { ...payload.participant, name, affiliation } };
    }
    case 'lobby:admitted': {
      const { people } = personal;
      return people === undefined
        ? payload
        : { ...payload, people: Called.array().parse(JSON.parse(people)) };
    }
    case 'names:hidden': {
      const { names } = personal;
      return names === undefined
        ? payload
        : { ...payload, names: Called.shape.name.array().parse(JSON.parse(names)) };
    }
    case 'name:lookedAt': {
      const { look } = personal;
      return look === undefined ? payload : { ...payload, look: Looked.parse(JSON.parse(look)) };
    }
    case 'participant:removed':
    case 'lobby:turnedAway':
    case 'leave:stated':
    case 'session:collecting':
    case 'session:opened':
    case 'session:returned':
    case 'session:cancelled':
    case 'session:aborted':
    case 'session:settled':
    case 'session:reopened':
    case 'session:adopted':
    case 'amendment:declined':
      return { ...payload, why: personal['why'] ?? '' };
    case 'outcome:signed':
      return { ...payload, reservation: personal['reservation'] ?? '' };
    case 'amendment:made':
      return amendmentWith(payload, personal);
    case 'remark:made':
      return remarkWith(payload, personal);
    case 'remark:answered':
      return { ...payload, words: personal['words'] ?? '' };
    case 'agenda:added':
      return { ...payload, item: { ...payload.item, title: personal['title'] ?? '' } };
    case 'material:added':
      return { ...payload, material: { ...payload.material, title: personal['title'] ?? '' } };
    case 'view:posted': {
      const view = { ...payload.view, text: personal['text'] ?? '', ...enclosedBeside(personal) };
      return { ...payload, view };
    }
    case 'view:passed': {
      const view = { ...payload.view, text: personal['text'] ?? '', ...enclosedBeside(personal) };
      return { ...payload, view };
    }
    case 'view:held': {
      const held = personal['held'];
      return held === undefined ? payload : { ...payload, held: HeldView.parse(JSON.parse(held)) };
    }
    case 'view:reported': {
      const report = personal['report'];
      return report === undefined ? payload : { ...payload, report: Report.parse(JSON.parse(report)) };
    }
    case 'view:hidden': {
      const { why = '', was, account } = personal;
      const held = was === undefined ? null : HeldView.parse(JSON.parse(was));
      return { ...payload, why, was: held, ...accountBeside(account) };
    }
    case 'view:refused': {
      const viewId = idFrom(personal) ?? payload.viewId;
      return { ...payload, why: personal['why'] ?? '', viewId, ...accountBeside(personal['account']) };
    }
    case 'view:appealed':
    case 'view:upheld':
      return { ...payload, why: personal['why'] ?? '', viewId: idFrom(personal) ?? payload.viewId };
    case 'reports:dismissed': {
      const { why = '', seen } = personal;
      const asOf = seen === undefined ? {} : { seen: Number(seen) };
      return { ...payload, why, viewId: idFrom(personal) ?? payload.viewId, ...asOf };
    }
    case 'view:forgone':
      return { ...payload, viewId: idFrom(personal) ?? payload.viewId };
    case 'speaker:muted':
      return { ...payload, why: personal['why'] ?? '' };
    case 'view:restored': {
      const enclosed = enclosedBeside(personal);
      const rest = { ...payload, text: personal['text'] ?? '' };
      return Object.keys(enclosed).length === 0 ? rest : { ...rest, enclosed };
    }
    case 'view:edited':
      return { ...payload, text: personal['text'] ?? '' };
    case 'reply:posted':
    case 'reply:passed':
      return { ...payload, reply: { ...payload.reply, text: personal['text'] ?? '' } };
    case 'question:taken':
      return { ...payload, note: personal['note'] ?? '' };
    case 'question:passed':
      return { ...payload, toName: personal['toName'] ?? '', why: personal['why'] ?? '' };
    case 'questions:waived':
    case 'cases:waived':
    case 'poll:voidProposed':
    case 'poll:tieSettled':
    case 'poll:ending':
      return { ...payload, why: personal['why'] ?? '' };
    case 'ballot:cast': {
      const paper = personal['paper'];
      return paper === undefined ? payload : { ...payload, paper: CastPaper.parse(JSON.parse(paper)) };
    }
    case 'poll:voidMarked':
      return { ...payload, account: personal['account'] ?? null };
    case 'totals:entered': {
      const totals = personal['totals'];
      return totals === undefined ? payload : { ...payload, totals: Totals.parse(JSON.parse(totals)) };
    }
    case 'poll:closed':
    case 'poll:published':
      return withBallots(payload, personal);
    default:
      return payload;
  }
}

/** Which view a decision is about: whoever may not read the words is not told whose they were either [X8]. */
function idBeside(viewId: ViewId | null): Personal {
  return viewId === null ? {} : { viewId };
}

/** Null in older logs, where it stands in the event. */
function idFrom({ viewId }: Personal): ViewId | null {
  return viewId === undefined ? null : ViewId.parse(viewId);
}

function accountBeside(account: string | undefined): { readonly account?: string } {
  return account === undefined ? {} : { account };
}
