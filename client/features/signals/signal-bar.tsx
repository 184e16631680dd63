import { guardSignal, isAddressed } from '../../../core/domain/room/signalling.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { isLive } from '../../../core/domain/sessions.ts';
import { NO_SIGNALS, SIGNALS, type SignalKind } from '../../../core/domain/signals.ts';
import { useText } from '../../lib/i18n.ts';
import { useRoomState } from '../../room/use-room.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { SignalMark } from './signal-mark.tsx';
import styles from './signals.module.css';
import { useSignalling } from './use-signalling.ts';

export interface SignalBarProps {
  readonly room: Room;
  readonly who: Who;
}

/** What the hall says without words: how many of late, and one press to say it too. Only while the session goes on. */
export function SignalBar({ room, who }: SignalBarProps) {
  const t = useText();
  const signals = useRoomState((state) => state.signals);
  if (!isLive(room.state)) return null;
  const maySend = guardSignal(room, who).ok;
  if (!maySend && signals === null) return null;
  return (
    <aside className={styles.bar} aria-label={t('room:signals.label')}>
      {isAddressed(room, who.kind === 'participant' ? who.id : null) ? <SignalCall /> : null}
      {maySend ? <SignalButtons /> : <Counts />}
    </aside>
  );
}

function SignalCall() {
  const t = useText();
  const signals = useRoomState((state) => state.signals);
  const asked = (['unheard', 'overtime'] as const).filter((kind) => (signals?.counts[kind] ?? 0) > 0);
  if (signals === null || asked.length === 0) return null;
  return (
    <p className={styles.call} key={signals.nth}>
      {asked.map((kind) => (
        <span key={kind}>
          <SignalMark kind={kind} /> {t(`room:signals.said.${kind}`, { count: signals.counts[kind] })}
        </span>
      ))}
    </p>
  );
}

function SignalButtons() {
  const { restOf, send } = useSignalling();
  return (
    <div className={styles.buttons}>
      {SIGNALS.map((kind) => (
        <SignalButton key={kind} kind={kind} rest={restOf(kind)} onSend={send} />
      ))}
    </div>
  );
}

interface SignalButtonProps {
  readonly kind: SignalKind;
  /** Seconds until it may be sent again. */
  readonly rest: number;
  readonly onSend: (kind: SignalKind) => Promise<void>;
}

/** Resting it keeps its place and its focus, and says how long. */
function SignalButton({ kind, rest, onSend }: SignalButtonProps) {
  const t = useText();
  const isResting = rest > 0;
  return (
    <button
      type="button"
      className={styles.button}
      aria-disabled={isResting || undefined}
      onClick={() => {
        // -- never rejects.
        if (!isResting) void onSend(kind);
      }}
    >
      {isResting ? (
        <span className={styles.rest} aria-hidden="true">
          {rest}
        </span>
      ) : (
        <SignalMark kind={kind} />
      )}
      <span>{t(`room:signals.${kind}`)}</span>
      {isResting ? <VisuallyHidden>{t('room:signals.rest', { seconds: rest })}</VisuallyHidden> : null}
      <Count kind={kind} />
    </button>
  );
}

/** For those who only sit in. */
function Counts() {
  const t = useText();
  const counts = useRoomState((state) => state.signals?.counts ?? NO_SIGNALS);
  return (
    <p className={styles.counts}>
      {SIGNALS.filter((kind) => counts[kind] > 0).map((kind) => (
        <span key={kind}>
          <SignalMark kind={kind} /> {t(`room:signals.${kind}`)} <Count kind={kind} />
        </span>
      ))}
    </p>
  );
}

/** How many of late; it fades until there is another one. */
function Count({ kind }: Pick<SignalButtonProps, 'kind'>) {
  const count = useRoomState((state) => state.signals?.counts[kind] ?? 0);
  const nth = useRoomState((state) => state.signals?.nth ?? 0);
  if (count === 0) return null;
  return (
    <span className={styles.count} key={nth} data-testid={`signal-${kind}`}>
      {count}
    </span>
  );
}
