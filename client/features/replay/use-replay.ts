import { useEffect, useMemo, useState } from 'react';
import { archiveRoutes } from '../../../core/contract/archives.ts';
import { toEnvelope } from '../../../core/domain/chain.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import type { OutcomeNode } from '../../../core/domain/outcome.ts';
import { beatsOf, type Beats } from '../../../core/domain/replay/beats.ts';
import { chaptersOf, type Chapter } from '../../../core/domain/replay/chapters.ts';
import { EMPTY_REEL, goOn, type Reel } from '../../../core/domain/replay/reel.ts';
import { textsOf, type TextFrame } from '../../../core/domain/replay/text-frames.ts';
import { timelineOf, type Timeline } from '../../../core/domain/replay/timeline.ts';
import { call } from '../../lib/api.ts';
import { asApiError, type ApiError } from '../../lib/errors.ts';

/** A session as it can be played so far. */
export type Replay = {
  readonly reel: Reel;
  readonly beats: Beats;
  readonly timeline: Timeline;
  readonly chapters: readonly Chapter[];
  /** The text as each frame shows it. */
  readonly texts: readonly OutcomeNode[];
  /** Whether all of it is here. */
  readonly isWhole: boolean;
};

type Loaded = {
  readonly reel: Reel;
  readonly frames: readonly TextFrame[] | null;
  readonly hasLog: boolean;
  readonly error: ApiError | null;
};
const NOTHING: Loaded = { reel: EMPTY_REEL, frames: null, hasLog: false, error: null };

/** Reads a log page by page and plays what is here already; null until the first page is. */
export function useReplay(sessionId: SessionId): {
  readonly replay: Replay | null;
  readonly error: ApiError | null;
} {
  const [loaded, setLoaded] = useState(NOTHING);
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const failed = (cause: unknown): void => {
      if (!signal.aborted) setLoaded((now) => ({ ...now, error: asApiError(cause) }));
    };
    loadReel(sessionId, signal, (reel, hasLog) => setLoaded((now) => ({ ...now, reel, hasLog }))).catch(
      failed,
    );
    call(archiveRoutes.getTextHistory, { params: { sessionId }, query: {}, signal })
      .then(({ frames }) => setLoaded((now) => ({ ...now, frames })))
      .catch(failed);
    return () => ending.abort();
  }, [sessionId]);
  const replay = useMemo(() => (loaded.reel.last.seq === 0 ? null : replayOf(loaded)), [loaded]);
  return { replay, error: loaded.error };
}

async function loadReel(
  sessionId: SessionId,
  signal: AbortSignal,
  onMore: (reel: Reel, isWhole: boolean) => void,
): Promise<void> {
  let reel = EMPTY_REEL;
  for (let more = true; more;) {
    const query = { after: reel.last.seq };
    const page = await call(archiveRoutes.getLog, { params: { sessionId }, query, signal });
    reel = goOn(reel, page.rows.map(toEnvelope));
    // A server that says more and sends nothing would keep us here for ever.
    more = page.more && page.rows.length > 0;
    onMore(reel, !more);
  }
}

function replayOf({ reel, frames, hasLog }: Loaded): Replay {
  const events = reel.envelopes.map(({ at }) => Date.parse(at));
  const until = events[events.length - 1] ?? 0;
  // What was written after the last event that is here comes when its time has.
  const shown = (frames ?? []).filter(({ at }) => hasLog || Date.parse(at) <= until);
  const beats = beatsOf(
    events,
    shown.map(({ at }) => Date.parse(at)),
  );
  return {
    reel,
    beats,
    timeline: timelineOf(beats.moments),
    chapters: chaptersOf(reel.envelopes),
    texts: textsOf(shown),
    isWhole: hasLog && frames !== null,
  };
}
