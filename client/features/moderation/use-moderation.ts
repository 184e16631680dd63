import {
  createContext,
  createElement,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import type { MyModeration } from '../../../core/domain/moderation.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import { isModerator } from '../../../core/domain/room/keeping-order.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { ParticipantId, SessionId, ViewId } from '../../../core/domain/ids.ts';
import { call } from '../../lib/api.ts';
import { moderationDoors } from '../../room/later.ts';
import { deviceNow } from '../../lib/early.ts';
import { asApiError, isPassing } from '../../lib/errors.ts';
import type { Letter } from '../../lib/letters.ts';
import { answersAwaited } from './reports-awaited.ts';

const NOTHING: MyModeration = {
  seq: 0,
  mine: [],
  muted: null,
  reported: [],
  answers: [],
  visible: null,
  visibleCount: null,
  queue: null,
  medianWaitMs: null,
};

const ModerationContext = createContext<MyModeration>(NOTHING);

/** What of the moderation concerns whoever looks; nothing until it has come. */
export function useMyModeration(): MyModeration {
  return useContext(ModerationContext);
}

const NoteReportedContext = createContext<(viewId: ViewId) => void>(() => undefined);

/** Notes that I have reported a view, which nobody else is told and no event brings. */
export function useNoteReported(): (viewId: ViewId) => void {
  return useContext(NoteReportedContext);
}

/** While a picture is behind what the room tells, or the line is down, it is asked for again after this, then later. */
const AGAIN_MS = 400;
const AGAIN_AT_MOST_MS = 30_000;
/** Over so long those who wait for an answer to a report ask when one was given: it concerns few of them, who are not told apart. */
const SPREAD_MS = 3_000;

interface ModerationProviderProps {
  readonly sessionId: SessionId;
  readonly room: Room;
  readonly who: Who;
  readonly letters: readonly Letter[];
  readonly isOffline: boolean;
  readonly children: ReactNode;
}

/**
 * Asks for what no event tells: words that are kept from the room. Once when the page comes into a room that is
 * moderated; then whoever moderates, and whoever has something there, again whenever moderation goes on; whoever reported
 * something when reports are answered; everybody else only about something of their own, so that no held view is asked
 * about by a whole hall.
 */
export function ModerationProvider(props: ModerationProviderProps) {
  const { sessionId, isOffline, children } = props;
  const [mine, setMine] = useState(NOTHING);
  const [noted, setNoted] = useState<readonly ViewId[]>([]);
  const { wanted, isWanted } = useWanted(props, mine, noted);
  // Not by its seq alone: a letter may be sent before its event has come.
  const [answered, setAnswered] = useState<object | null>(null);
  const isBehind = isWanted && answered !== wanted;
  const askAt = useRef(0);
  useEffect(() => {
    if (isOffline || !isBehind) return undefined;
    const now = deviceNow();
    // The moment that was drawn holds until it has come: whoever answers one report after the other puts nobody off.
    if (wanted.isOfOthers && askAt.current <= now) askAt.current = now + Math.random() * SPREAD_MS;
    const afterMs = wanted.isOfOthers ? askAt.current - now : 0;
    return readUntil({ sessionId, seq: wanted.seq, afterMs }, (found) => {
      setMine((before) => (found.seq >= before.seq ? found : before));
      if (found.seq >= wanted.seq) setAnswered(wanted);
    });
  }, [sessionId, isOffline, isBehind, wanted]);
  const value = useMemo(
    () => (noted.length === 0 ? mine : { ...mine, reported: [...mine.reported, ...noted] }),
    [mine, noted],
  );
  const note = useCallback((viewId: ViewId) => setNoted((before) => [...before, viewId]), []);
  return createElement(
    NoteReportedContext,
    { value: note },
    createElement(ModerationContext, { value }, children),
  );
}

/** What is asked about, with the seq from which on an answer is new enough, and whether it is asked at all. */
function useWanted(
  { room, who, letters }: ModerationProviderProps,
  mine: MyModeration,
  noted: readonly ViewId[],
) {
  const { moderation, views, seq } = room;
  const id = who.kind === 'participant' ? who.id : null;
  const [isAsking, setAsking] = useState(moderation !== undefined);
  const hasSomething = mine.mine.length > 0 || mine.muted !== null;
  const followed = isModerator(room, who) || hasSomething ? moderation : null;
  const awaited = answersAwaited(room, mine, noted);
  // What was hidden of mine later: nothing else tells its author of it.
  const hidden = useMemo(() => hiddenOf(views, id), [views, id]);
  const sent = letters
    .filter(({ door, state }) => door === 'postView' && state.kind === 'sent')
    .map(({ key }) => key)
    .join();
  const isMuted = moderation?.muted.some((one) => one.id === id) === true;
  // Written from another device, perhaps: what ended with the session is told to whoever is here [X11].
  const ended = moderation?.counts.ended ?? 0;
  // Not a dependency: it says how new the answer must be that is asked for now.
  const [wanted, setWanted] = useState({
    followed,
    awaited,
    hidden,
    sent,
    isMuted,
    ended,
    seq,
    isOfOthers: false,
  });
  const isOwn =
    wanted.followed !== followed ||
    wanted.hidden !== hidden ||
    wanted.sent !== sent ||
    wanted.isMuted !== isMuted ||
    wanted.ended !== ended;
  // That nothing is awaited any more is nothing to ask about.
  const isAnswered = awaited !== null && wanted.awaited !== awaited;
  if (isOwn || isAnswered) {
    // Whoever has just reported something asks for themselves, and at once.
    const isOfOthers = !isOwn && wanted.awaited !== null;
    const next = { followed, awaited: awaited ?? wanted.awaited, hidden, sent, isMuted, ended };
    setWanted({ ...next, seq, isOfOthers });
  }
  const isConcerned =
    followed !== null || awaited !== null || hidden !== '' || sent !== '' || isMuted || ended > 0;
  // Whoever once had something there goes on asking: a letter that is gone again stops no answer on its way.
  if (!isAsking && isConcerned && moderation !== undefined) setAsking(true);
  return { wanted, isWanted: isAsking };
}

function hiddenOf(views: Room['views'], id: ParticipantId | null): string {
  return views
    .filter(({ by, hidden, withdrawnAt }) => by === id && hidden !== undefined && withdrawnAt === undefined)
    .map((view) => view.id)
    .join();
}

/** Reads, after a while, until an answer is new enough, more and more seldom; a refusal ends it. The returned function stops it. */
function readUntil(
  {
    sessionId,
    seq,
    afterMs,
  }: { readonly sessionId: SessionId; readonly seq: number; readonly afterMs: number },
  onFound: (found: MyModeration) => void,
): () => void {
  let isGone = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = async (againMs: number) => {
    try {
      const { moderationRoutes } = await moderationDoors();
      const found = await call(moderationRoutes.getModeration, { params: { sessionId } });
      if (isGone) return;
      onFound(found);
      if (found.seq >= seq) return;
    } catch (thrown) {
      if (isGone || !isPassing(asApiError(thrown).code)) return;
    }
    timer = setTimeout(() => void read(Math.min(againMs * 2, AGAIN_AT_MOST_MS)), againMs);
  };
  // -- read never rejects.
  if (afterMs === 0) void read(AGAIN_MS);
  else timer = setTimeout(() => void read(AGAIN_MS), afterMs);
  return () => {
    isGone = true;
    clearTimeout(timer);
  };
}
