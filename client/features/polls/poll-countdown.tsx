import type { OpenPoll } from '../../../core/domain/polls/poll.ts';
import { useServerNow } from '../../lib/clock.ts';
import { formatDateTime, formatDuration } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { useRoomState } from '../../room/use-room.ts';
import { leftOf } from './countdown.ts';
import styles from './polls.module.css';

const HOUR_MS = 3_600_000;

/** How long one can still vote, on the server's clock; nothing is ever submitted by it [B16]. */
export function PollCountdown({ poll }: { readonly poll: OpenPoll }) {
  const t = useText();
  const nowMs = useServerNow(useRoomState((state) => state.clockOffsetMs));
  const left = leftOf(poll, nowMs);
  if (left === null || poll.endsAt === null) return null;
  if (poll.isEnding === true)
    return (
      <p className={styles.countdown} data-soon="true" role="timer">
        {left === 0
          ? t('room:polls.ending')
          : t('room:polls.box.collecting', { seconds: Math.ceil(left / 1_000) })}
      </p>
    );
  // Nobody counts the seconds of days.
  if (left > HOUR_MS)
    return <p className={styles.countdown}>{t('room:polls.until', { time: formatDateTime(poll.endsAt) })}</p>;
  return (
    <p className={styles.countdown} data-soon={left <= 10_000} role="timer">
      {left === 0 ? t('room:polls.ending') : t('room:polls.timeLeft', { time: formatDuration(left) })}
    </p>
  );
}
