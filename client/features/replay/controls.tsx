import type { KeyboardEvent } from 'react';
import { formatDateLong, formatTimeExact } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import styles from './replay.module.css';
import { SPEEDS, type Playback, type Speed } from './use-playback.ts';

interface ControlsProps {
  readonly playback: Playback;
  readonly lengthMs: number;
  /** What the clock in the hall said. */
  readonly nowMs: number;
  readonly events: number;
  readonly all: number;
  readonly onEvent: (events: number) => void;
  readonly onChapter: (way: 1 | -1) => void;
}

/** One press of an arrow, in ms of playing. */
const ARROW_MS = 5_000;

/** The time bar with its buttons. On the bar: arrows, page keys for chapters, space to play. */
export function Controls({ playback, lengthMs, nowMs, events, all, onEvent, onChapter }: ControlsProps) {
  const t = useText();
  const { placeMs, isPlaying, speed, jump, toggle, setSpeed } = playback;
  const at = new Date(nowMs).toISOString();
  const place = t('archive:replay.place', { now: events, all });
  const keys: Readonly<Record<string, () => void>> = {
    ' ': toggle,
    ArrowLeft: () => jump(placeMs - ARROW_MS),
    ArrowDown: () => jump(placeMs - ARROW_MS),
    ArrowRight: () => jump(placeMs + ARROW_MS),
    ArrowUp: () => jump(placeMs + ARROW_MS),
    PageDown: () => onChapter(1),
    PageUp: () => onChapter(-1),
  };
  const onKeyDown = (press: KeyboardEvent): void => {
    const act = keys[press.key];
    if (act === undefined || press.altKey || press.ctrlKey || press.metaKey) return;
    press.preventDefault();
    act();
  };
  return (
    <section className={styles.controls} aria-label={t('archive:replay.controls')}>
      <p className={styles.clock}>
        <time dateTime={at}>
          {formatDateLong(at)} <strong>{formatTimeExact(at)}</strong>
        </time>
        <span className={styles.place}>{place}</span>
      </p>
      <input
        className={styles.bar}
        type="range"
        min={0}
        max={Math.max(Math.ceil(lengthMs), 1)}
        step={1}
        value={Math.round(placeMs)}
        aria-label={t('archive:replay.bar')}
        aria-valuetext={`${formatTimeExact(at)} · ${place}`}
        onChange={({ target }) => jump(Number(target.value))}
        onKeyDown={onKeyDown}
      />
      <div className={styles.buttons}>
        <Button kind="main" onClick={toggle}>
          {isPlaying ? t('archive:replay.pause') : t('archive:replay.play')}
        </Button>
        <Button isSmall disabled={events <= 1} onClick={() => onEvent(events - 1)}>
          {t('archive:replay.previous')}
        </Button>
        <Button isSmall disabled={events >= all} onClick={() => onEvent(events + 1)}>
          {t('archive:replay.next')}
        </Button>
        <label className={styles.speed}>
          {t('archive:replay.speed')}
          <select value={speed} onChange={({ target }) => setSpeed(speedOf(target.value))}>
            {SPEEDS.map((one) => (
              <option key={one} value={one}>
                {t('archive:replay.times', { times: one })}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className={styles.hint}>{t('archive:replay.keys')}</p>
    </section>
  );
}

const speedOf = (value: string): Speed => SPEEDS.find((one) => String(one) === value) ?? 1;
