import { useText } from '../../lib/i18n.ts';
import { PollResult } from './poll-result.tsx';
import styles from './poll-scene.module.css';
import { Turnout } from './turnout-bar.tsx';
import type { ClosedPoll, OpenPoll } from './turnout.ts';

export interface PollSceneProps {
  readonly poll: OpenPoll | ClosedPoll;
  readonly nameOf: (id: string) => string;
}

/** A poll on the big screen: question and live turnout while it is open, the result after. */
export function PollScene({ poll, nameOf }: PollSceneProps) {
  const t = useText();
  return (
    <div className={styles.scene}>
      <p className={styles.kind}>
        {poll.phase === 'open' ? t('room:screen.voting') : t('room:screen.result')}
      </p>
      <h2 className={styles.question} dir="auto">
        {poll.draft.question}
      </h2>
      {poll.phase === 'open' ? (
        <>
          <ol className={styles.options}>
            {poll.draft.options.map((option) => (
              <li key={option.id} dir="auto">
                {option.text}
              </li>
            ))}
          </ol>
          <div className={styles.turnout} role="status">
            <Turnout poll={poll} />
          </div>
          <p className={styles.note}>
            {t(`words:secrecy.${poll.draft.secrecy}`)} · {t('room:polls.waitResult')}{' '}
            {t('room:polls.indicative')}
          </p>
        </>
      ) : (
        <div className={styles.result}>
          <PollResult poll={poll} nameOf={nameOf} isWall />
        </div>
      )}
    </div>
  );
}
