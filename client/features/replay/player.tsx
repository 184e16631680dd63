import { useEffect, useMemo, useRef, useState, type ComponentType } from 'react';
import type { OutcomeNode } from '../../../core/domain/outcome.ts';
import { roomAt } from '../../../core/domain/replay/reel.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { clockAt, comeBy } from '../../../core/domain/replay/timeline.ts';
import { useText } from '../../lib/i18n.ts';
import { Chapters } from './chapters.tsx';
import { Controls } from './controls.tsx';
import styles from './replay.module.css';
import { Stage } from './stage.tsx';
import { usePlayback } from './use-playback.ts';
import type { Replay } from './use-replay.ts';

interface ReplayPlayerProps {
  readonly replay: Replay;
  /** Shows the text as it was. */
  readonly textSheet: ComponentType<{ readonly text: OutcomeNode; readonly room: Room }>;
}

/** A closed session, played from its log and the history of its text alone [RP1]. */
export function ReplayPlayer({ replay, textSheet: TextSheet }: ReplayPlayerProps) {
  const t = useText();
  const { reel, beats, timeline, chapters, texts } = replay;
  const playback = usePlayback(timeline.lengthMs, replay.isWhole);
  const come = comeBy(timeline, playback.placeMs);
  const events = beats.events[come - 1] ?? 0;
  const room = useMemo(() => roomAt(reel, events), [reel, events]);
  const text = texts[(beats.frames[come - 1] ?? 0) - 1];
  const placeOf = (count: number): number => timeline.places[beats.events.indexOf(count)] ?? 0;
  const jumpTo = (count: number): void => playback.jump(placeOf(count));
  useOpening(replay, jumpTo);
  const nowMs = clockAt(timeline, playback.placeMs);
  return (
    <div className={styles.player}>
      <Controls
        playback={playback}
        lengthMs={timeline.lengthMs}
        nowMs={nowMs}
        events={events}
        all={reel.envelopes.length}
        onEvent={(count) => jumpTo(Math.min(Math.max(count, 1), reel.envelopes.length))}
        onChapter={(way) => {
          const next =
            way > 0
              ? chapters.find((one) => one.events > events)
              : chapters.filter((one) => one.events < events).slice(-1)[0];
          if (next !== undefined) jumpTo(next.events);
        }}
      />
      <p role="status" className={styles.hint}>
        {replay.isWhole ? '' : t('archive:replay.loading')}
      </p>
      <div className={styles.parts}>
        <Chapters room={reel.last} chapters={chapters} reel={reel} events={events} onJump={jumpTo} />
        <Stage
          room={room}
          nowMs={nowMs}
          text={text === undefined ? null : <TextSheet text={text} room={room} />}
        />
      </div>
    </div>
  );
}

/** Begins where the meeting does, or with the entry that the address names; once. */
function useOpening({ chapters, reel, isWhole }: Replay, jumpTo: (events: number) => void): void {
  const [named] = useState(() => Number(/^#entry-(\d{1,7})$/.exec(window.location.hash)?.[1] ?? 0));
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current) return;
    const opened = chapters.find((one) => reel.envelopes[one.events - 1]?.event.type === 'session:opened');
    const start = named > 0 ? named : (opened?.events ?? 0);
    if (start > 0 && start <= reel.envelopes.length) {
      isDone.current = true;
      jumpTo(start);
    } else if (isWhole) isDone.current = true;
  });
}
