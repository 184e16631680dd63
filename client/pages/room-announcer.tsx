import { useEffect, useRef, useState } from 'react';
import type { ParticipantId } from '../../core/domain/ids.ts';
import { isAddressed } from '../../core/domain/room/signalling.ts';
import { SIGNALS } from '../../core/domain/signals.ts';
import { turnClock } from '../../core/domain/room/floor-time.ts';
import { currentTurn, type Room, type Turn } from '../../core/domain/room/state.ts';
import { useAdoptedNews } from '../features/citing/adopted-news.ts';
import { stateSaid } from '../features/course/state-words.tsx';
import { useMyModeration } from '../features/moderation/use-moderation.ts';
import { itemClock } from '../features/agenda/timer.ts';
import { lastCall, leftSaid } from '../features/polls/countdown.ts';
import { useServerNow } from '../lib/clock.ts';
import { useText, type Translate } from '../lib/i18n.ts';
import { holderName, isOfMine, placeName, type Holder } from '../room/holder-name.ts';
import { useRoomState } from '../room/use-room.ts';
import { OverWindows } from '../ui/over-windows.tsx';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { decisionsBetween, mergeNews, newsBetween, signalNews, type News } from './room-news.ts';

/** Readers of the screen are told at most once in this time; what comes meanwhile is merged. */
const EVERY_MS = 3_000;
/** As long as the region is empty before it speaks: the same sentence twice is then said twice. */
const SILENCE_MS = 150;

const PRESSING: readonly News['kind'][] = ['asked', 'decided', 'pollEnds'];

interface RoomAnnouncerProps {
  readonly room: Room;
  readonly me: ParticipantId | null;
  readonly nameOf: (id: string) => string;
  readonly clockOffsetMs: number;
}

/** Says what happens in the room to people who do not see it. */
export function RoomAnnouncer({ room, me, nameOf, clockOffsetMs }: RoomAnnouncerProps) {
  const t = useText();
  const [said, setSaid] = useState('');
  useAdoptedNews(room, me);
  const before = useRef(room);
  const waiting = useRef<readonly News[]>([]);
  const lastAt = useRef(0);
  // Names and words change with every arrival; the clock below must not start anew each time, or a hall in a
  // rush would hear nothing.
  const speak = useRef<(news: News) => string>(() => '');
  useEffect(() => {
    speak.current = (news) => sentence(t, news, { room, nameOf, me });
  }, [t, room, nameOf, me]);
  useEffect(() => {
    waiting.current = mergeNews(waiting.current, newsBetween(before.current, room, me));
    before.current = room;
  }, [room, me]);
  const { mine, answers, seq: mineSeq } = useMyModeration();
  const decided = useRef({ mine, answers, mineSeq });
  useEffect(() => {
    const { mine: seen, answers: told, mineSeq: seenSeq } = decided.current;
    decided.current = { mine, answers, mineSeq };
    // What stood there when the page came in is on the screen, and was told when it happened.
    if (seenSeq === 0) return;
    const isInRoom = (id: string) => [...room.views, ...room.replies].some((said) => said.id === id);
    waiting.current = mergeNews(waiting.current, decisionsBetween(seen, mine, isInRoom));
    if (answers.length > told.length)
      waiting.current = mergeNews(waiting.current, [{ kind: 'decided', what: 'stays' }]);
  }, [mine, answers, mineSeq, room.views, room.replies]);
  const signals = useRoomState((state) => state.signals?.counts ?? null);
  const signalled = useRef(signals);
  // As on the screen: said to whoever speaks and whoever leads, and to nobody else.
  const isMeant = isAddressed(room, me);
  useEffect(() => {
    if (isMeant) waiting.current = mergeNews(waiting.current, signalNews(signalled.current, signals));
    signalled.current = signals;
  }, [signals, isMeant]);
  const item = room.agenda.find(({ id }) => id === room.currentItemId);
  const nowMs = useServerNow(clockOffsetMs);
  const phase = item === undefined ? null : itemClock(item, nowMs).phase;
  const title = item?.title ?? '';
  const turn = currentTurn(room);
  useEffect(() => {
    holder.current = turn;
  }, [turn]);
  const turnPhase = turn === undefined ? null : turnClock(turn, nowMs).phase;
  const holder = useRef<Turn | undefined>(turn);
  const speakingSince = turn?.startedAt;
  useEffect(() => {
    const kind = turnPhase === 'warned' ? 'floorWarned' : turnPhase === 'over' ? 'floorOver' : null;
    const to = holder.current;
    if (kind !== null && to !== undefined && speakingSince !== undefined)
      waiting.current = mergeNews(waiting.current, [{ kind, to }]);
  }, [turnPhase, speakingSince]);
  useEffect(() => {
    if (phase === 'last') waiting.current = mergeNews(waiting.current, [{ kind: 'lastMinute', title }]);
    if (phase === 'over') waiting.current = mergeNews(waiting.current, [{ kind: 'timeUp', title }]);
  }, [phase, title]);
  const { question, leftMs, pollId } = lastCall(room, nowMs) ?? { question: '', leftMs: 0, pollId: null };
  useEffect(() => {
    if (pollId !== null)
      waiting.current = mergeNews(waiting.current, [{ kind: 'pollEnds', question, leftMs }]);
  }, [pollId, question, leftMs]);
  useEffect(() => {
    let saying: ReturnType<typeof setTimeout> | undefined;
    const timer = setInterval(() => {
      // Whoever is asked hears it at once, and so does whoever has only seconds left to vote.
      const isPressing = waiting.current.some(({ kind }) => PRESSING.includes(kind));
      if (waiting.current.length === 0) return;
      if (!isPressing && Date.now() - lastAt.current < EVERY_MS) return;
      lastAt.current = Date.now();
      const words = waiting.current.map((news) => speak.current(news)).join(' ');
      waiting.current = [];
      setSaid('');
      saying = setTimeout(() => setSaid(words), SILENCE_MS);
    }, 500);
    return () => {
      clearInterval(timer);
      clearTimeout(saying);
    };
  }, []);
  useEffect(() => {
    // From when the words stand there: on a slow phone that is later than they were chosen.
    if (said !== '') lastAt.current = Date.now();
  }, [said]);
  return (
    <OverWindows>
      <VisuallyHidden>
        <span role="status" aria-live="polite" data-testid="announcements">
          {said}
        </span>
      </VisuallyHidden>
    </OverWindows>
  );
}

function sentence(
  t: Translate,
  news: News,
  { room, nameOf, me }: Pick<RoomAnnouncerProps, 'room' | 'nameOf' | 'me'>,
): string {
  const name = (to: Holder) => holderName(t, { room, nameOf }, to);
  const isMine = ({ participantId }: Holder) => participantId !== null && participantId === me;
  switch (news.kind) {
    case 'state':
      return stateSaid(t, news);
    case 'decided':
      return t(`room:moderation.decidedSaid.${news.what}`);
    case 'asked':
      return t('room:questions.askedSaid', { count: news.count });
    case 'pollOpened':
      return t('room:polls.openedSaid', { question: news.question });
    case 'pollClosed':
      return t('room:polls.closedSaid', { question: news.question });
    case 'pollEarly':
      return t('room:pollLife.earlySaid', { question: news.question, why: news.why });
    case 'pollExtended':
      return t('room:pollLife.extendedSaid', { question: news.question });
    case 'pollEnding':
      return t('room:polls.box.collectingSaid', { question: news.question });
    case 'voidProposed':
      return t('room:pollLife.proposedSaid', { question: news.question });
    case 'pollVoid':
      return t('room:pollLife.voidedSaid', { question: news.question });
    case 'pollEnds':
      return t('room:polls.timeLeftSaid', { question: news.question, time: t(leftSaid(news.leftMs)) });
    case 'itemMoved':
      return t('room:agenda.itemMoved', { title: news.title });
    case 'materialAdded':
      return t('room:materials.added', { title: news.title });
    case 'askedToSign':
      return t('room:concluding.askedSaid');
    case 'agendaChanged':
      return t('room:agenda.changed');
    case 'spotlit':
      return news.by === null
        ? t('room:curating.spotlit')
        : t('room:curating.spotlitSaid', { name: nameOf(news.by) });
    case 'silenced':
      return t('room:moderation.silencedSaid');
    case 'silenceLifted':
      return t('room:moderation.liftedSaid');
    case 'lastMinute':
      return t('room:timer.lastMinuteSaid', { title: news.title });
    case 'timeUp':
      return t('room:timer.overSaid', { title: news.title });
    case 'floorGiven':
      if (isOfMine(room, me, news.to))
        return t('room:floor.mineVenue', { venue: placeName(t, { room, nameOf }, news.to) });
      return isMine(news.to) ? t('room:floor.mine') : t('room:floor.givenSaid', { name: name(news.to) });
    case 'signals':
      return SIGNALS.filter((kind) => news.counts[kind] > 0)
        .map((kind) => t(`room:signals.said.${kind}`, { count: news.counts[kind] }))
        .join(' ');
    case 'floorWarned':
      return isMine(news.to) ? t('room:floor.myWarned') : t('room:floor.warnedSaid', { name: name(news.to) });
    case 'floorOver':
      return isMine(news.to) ? t('room:floor.myOver') : t('room:floor.overSaid', { name: name(news.to) });
    case 'floorEndedByClock':
      return t('room:floor.endedByClock', { name: name(news.to) });
    case 'views':
      return news.last === null
        ? t('room:views.newSaid', { count: news.count })
        : t('room:views.newOneSaid', {
            name: nameOf(news.last.by),
            stance: t(`words:stance.${news.last.stance}`),
          });
  }
}
