import { useEffect, useState } from 'react';
import type { BoxTurnout as Turnout } from '../../../core/contract/box-doors.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import { useText } from '../../lib/i18n.ts';
import { readBox } from '../../room/box/box-line.ts';
import styles from './polls.module.css';
import type { OpenPoll } from './turnout.ts';

interface BoxTurnoutProps {
  readonly sessionId: SessionId;
  readonly poll: OpenPoll;
}

const AGAIN_MS = 10_000;

/** How far a box has come, in steps: the room itself does not know who has voted. */
export function BoxTurnout({ sessionId, poll }: BoxTurnoutProps) {
  const t = useText();
  const [found, setFound] = useState<Turnout | null>(null);
  const pollId = poll.draft.id;
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      try {
        const next = await readBox({ sessionId, pollId });
        if (!isOver) setFound(next);
      } catch {
        // What was last told stays, until it can be told again.
      }
      if (!isOver) timer = setTimeout(() => void look(), AGAIN_MS);
    };
    // -- look never rejects.
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [sessionId, pollId]);
  const { issued = 0, cast = 0 } = found ?? {};
  return (
    <div className={styles.boxTurnout}>
      <p className={styles.boxNumbers}>
        {t('room:polls.box.turnout', { eligible: poll.electorate.length, issued, cast })}
      </p>
      <p className={styles.hint}>{t('room:polls.box.turnoutHint')}</p>
    </div>
  );
}
