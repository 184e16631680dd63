import type { ParticipantId } from '../../core/domain/ids.ts';
import { guardSign } from '../../core/domain/room/concluding.ts';
import type { ModerationCase } from '../../core/domain/moderation.ts';
import type { Poll } from '../../core/domain/polls/poll.ts';
import { viewIn } from '../../core/domain/room/earlier.ts';
import { wasEndedByClock } from '../../core/domain/room/floor-time.ts';
import { currentTurn, type Room, type StateNote } from '../../core/domain/room/state.ts';
import { waitingFor } from '../../core/domain/room/questions.ts';
import type { SessionState } from '../../core/domain/sessions.ts';
import { NO_SIGNALS, SIGNALS, type SignalCounts } from '../../core/domain/signals.ts';
import type { Stance } from '../../core/domain/views.ts';
import type { Holder } from '../room/holder-name.ts';

/** Something that a person who does not look at the screen should hear. */
export type News =
  | {
      readonly kind: 'views';
      readonly count: number;
      readonly last: { readonly by: ParticipantId; readonly stance: Stance } | null;
    }
  /** Questions that came into the hands of my department. */
  | { readonly kind: 'asked'; readonly count: number }
  | {
      readonly kind:
        | 'pollOpened'
        | 'pollClosed'
        | 'pollExtended'
        | 'pollEnding'
        | 'voidProposed'
        | 'pollVoid';
      readonly question: string;
    }
  /** A poll over days was ended before its end; why: '' where that was erased. */
  | { readonly kind: 'pollEarly'; readonly question: string; readonly why: string }
  /** Little is left of a poll; milliseconds. */
  | { readonly kind: 'pollEnds'; readonly question: string; readonly leftMs: number }
  | { readonly kind: 'itemMoved' | 'lastMinute' | 'timeUp'; readonly title: string }
  | { readonly kind: 'agendaChanged' | 'silenced' | 'silenceLifted' }
  /** What became of a view, or reply, of mine that is kept from the room. */
  | { readonly kind: 'decided'; readonly what: Decided }
  /** A text is laid before me to be confirmed. */
  | { readonly kind: 'askedToSign' }
  | { readonly kind: 'materialAdded'; readonly title: string }
  /** A view was put before everybody; by: its author, where it is known here. */
  | { readonly kind: 'spotlit'; readonly by: ParticipantId | null }
  /** Signals that begin; how many there are by now is on the screen. */
  | { readonly kind: 'signals'; readonly counts: SignalCounts }
  | {
      readonly kind: 'floorGiven' | 'floorWarned' | 'floorOver' | 'floorEndedByClock';
      readonly to: Holder;
    }
  | { readonly kind: 'state'; readonly state: SessionState; readonly note?: StateNote };

/** passed: published, as far as can be told; the others as a case says it. */
export type Decided =
  | 'passed'
  | 'stays'
  | `${ModerationCase['kind']}.${'refused' | 'upheld' | 'waiting' | 'ended'}`;

/** What others have decided on what is mine between two looks at it. What I let go of myself is no news. */
export function decisionsBetween(
  before: readonly ModerationCase[],
  after: readonly ModerationCase[],
  isInRoom: (id: string) => boolean,
): News[] {
  const was = new Map(before.map((one) => [one.viewId, one]));
  const now = new Set(after.map(({ viewId }) => viewId));
  const passed = before.filter(({ viewId }) => !now.has(viewId) && isInRoom(viewId));
  const turned = after.flatMap(({ viewId, kind, state: { phase } }): News[] => {
    const old = was.get(viewId);
    if (phase === 'appealed' || old?.state.phase === phase) return [];
    // What I have just sent waits: I know that.
    if (kind === 'held' && phase === 'waiting') return [];
    return [{ kind: 'decided', what: `${kind}.${phase}` }];
  });
  return [...passed.map((): News => ({ kind: 'decided', what: 'passed' })), ...turned];
}

/** What happened between two pictures of a room, the most pressing first. What I did myself is no news to me. */
export function newsBetween(before: Room, after: Room, me: ParticipantId | null): News[] {
  const news: News[] = [];
  const isLonger = after.state === 'collecting' && after.note?.until !== before.note?.until;
  if (after.state !== before.state || isLonger)
    news.push({ kind: 'state', state: after.state, ...(after.note && { note: after.note }) });
  if (isAskedToSign(after, me) && !isAskedToSign(before, me)) news.push({ kind: 'askedToSign' });
  const [wasSilent, isSilent] = [before, after].map(({ moderation }) => moderation?.silence !== undefined);
  if (wasSilent !== isSilent) news.push({ kind: isSilent === true ? 'silenced' : 'silenceLifted' });
  const asked = askedBetween(before, after, me);
  if (asked > 0) news.push({ kind: 'asked', count: asked });
  for (const poll of after.polls) {
    const old = before.polls.find((other) => other.draft.id === poll.draft.id);
    const turned = turnOf(old, poll);
    const early = earlyBetween(old, poll);
    if (early !== null) news.push(early);
    if (turned !== null) news.push({ kind: turned, question: poll.draft.question });
    if (old?.phase === poll.phase) continue;
    if (poll.phase === 'open') news.push({ kind: 'pollOpened', question: poll.draft.question });
    if (poll.phase === 'closed' && old !== undefined && early === null)
      news.push({ kind: 'pollClosed', question: poll.draft.question });
  }
  const turn = currentTurn(after);
  if (turn !== undefined && turn.startedAt !== currentTurn(before)?.startedAt)
    news.push({ kind: 'floorGiven', to: turn });
  const spoke = currentTurn(before);
  const ended = after.turns.find((one) => one.startedAt === spoke?.startedAt && one.endedAt !== null);
  if (ended !== undefined && wasEndedByClock(ended)) news.push({ kind: 'floorEndedByClock', to: ended });
  if (after.currentItemId !== before.currentItemId) {
    const item = after.agenda.find(({ id }) => id === after.currentItemId);
    if (item !== undefined) news.push({ kind: 'itemMoved', title: item.title });
  }
  const changes = (after.agendaChanges ?? []).slice(before.agendaChanges?.length ?? 0);
  if (changes.some(({ by }) => by !== me)) news.push({ kind: 'agendaChanged' });
  const read = new Set(before.materials?.map(({ id }) => id));
  for (const { id, title, by } of after.materials ?? [])
    if (!read.has(id) && by !== me) news.push({ kind: 'materialAdded', title });
  const shown = after.spotlight?.viewId;
  if (shown !== undefined && shown !== before.spotlight?.viewId)
    news.push({ kind: 'spotlit', by: viewIn(after, shown)?.by ?? null });
  const views = after.views.filter((view) => view.seq > before.seq && view.by !== me);
  const replies = after.replies.filter((reply) => reply.seq > before.seq && reply.by !== me);
  const count = views.length + replies.length;
  const [only] = views;
  if (count > 0)
    news.push({
      kind: 'views',
      count,
      last: count === 1 && only !== undefined ? { by: only.by, stance: only.stance } : null,
    });
  return news;
}

function earlyBetween(before: Poll | undefined, { draft, ...after }: Poll): News | null {
  if (before === undefined || before.phase === 'prepared' || before.early !== undefined) return null;
  if (!('early' in after) || after.early === undefined) return null;
  return { kind: 'pollEarly', question: draft.question, why: after.early.why };
}

/** What became of a poll beside being opened and closed. */
function turnOf(
  before: Poll | undefined,
  after: Poll,
): 'pollExtended' | 'pollEnding' | 'voidProposed' | 'pollVoid' | null {
  if (before === undefined || before.phase === 'prepared' || after.phase === 'prepared') return null;
  const wasVoid = before.phase === 'closed' && before.voided !== undefined;
  if (after.phase === 'closed' && after.voided !== undefined) return wasVoid ? null : 'pollVoid';
  if (after.voiding !== undefined && before.voiding === undefined) return 'voidProposed';
  const isEnding = after.phase === 'open' && after.isEnding === true;
  if (isEnding && before.phase === 'open' && before.isEnding !== true) return 'pollEnding';
  return after.isExtended === true && before.isExtended !== true ? 'pollExtended' : null;
}

function isAskedToSign(room: Room, me: ParticipantId | null): boolean {
  return me !== null && guardSign(room, { kind: 'participant', id: me }).ok;
}

function askedBetween(before: Room, after: Room, me: ParticipantId | null): number {
  if (me === null || before.questions === after.questions) return 0;
  const who = { kind: 'participant', id: me } as const;
  const known = new Set(waitingFor(before, who).map(({ id }) => id));
  return waitingFor(after, who).filter(({ id }) => !known.has(id)).length;
}

/** Signals of kinds that were not shown before: a hall that goes on clapping is no news. */
export function signalNews(before: SignalCounts | null, after: SignalCounts | null): News[] {
  const fresh = SIGNALS.filter((kind) => (before?.[kind] ?? 0) === 0 && (after?.[kind] ?? 0) > 0);
  if (after === null || fresh.length === 0) return [];
  const counts = { ...NO_SIGNALS };
  for (const kind of fresh) counts[kind] = after[kind];
  return [{ kind: 'signals', counts }];
}

/** Two batches of news as one: counts of views are added up, so that a burst is one sentence. */
export function mergeNews(waiting: readonly News[], fresh: readonly News[]): News[] {
  const all = [...waiting, ...fresh];
  const views = all.flatMap((one) => (one.kind === 'views' ? [one] : []));
  const signals = all.flatMap((one) => (one.kind === 'signals' ? [one.counts] : []));
  const changed = all.find((one) => one.kind === 'agendaChanged');
  const others: News[] = all.filter(
    (one) =>
      one.kind !== 'views' && one.kind !== 'signals' && (one.kind !== 'agendaChanged' || one === changed),
  );
  if (signals.length > 0) others.push({ kind: 'signals', counts: mostOf(signals) });
  const count = views.reduce((sum, one) => sum + one.count, 0);
  const last = views.length === 1 ? (views[0]?.last ?? null) : null;
  return count === 0 ? others : [...others, { kind: 'views', count, last }];
}

/** Packets count the same seconds more than once: of each kind the most that was said. */
function mostOf(all: readonly SignalCounts[]): SignalCounts {
  const counts = { ...NO_SIGNALS };
  for (const one of all) for (const kind of SIGNALS) counts[kind] = Math.max(counts[kind], one[kind]);
  return counts;
}
