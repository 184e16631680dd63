import type { ReactNode } from 'react';
import { floorQueue } from '../../../core/domain/room/floor-order.ts';
import { currentTurn, type Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { holderName } from '../../room/holder-name.ts';
import { shownWords } from '../../room/shown-words.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { StanceBadge } from '../../ui/stance-badge.tsx';
import styles from './projection.module.css';

export interface TalkSceneProps {
  readonly room: Room;
  readonly nameOf: (id: string) => string;
  /** How long the speaker has been speaking. */
  readonly time: ReactNode;
}

/** As many views as can be read from the back of a hall. */
const SHOWN = 3;

/** Who speaks, who is next, and the newest views in large type. */
export function TalkScene({ room, nameOf, time }: TalkSceneProps) {
  const t = useText();
  const turn = currentTurn(room);
  const said = [...room.views, ...room.replies].sort((a, b) => b.seq - a.seq).slice(0, SHOWN);
  const waiting = floorQueue(room).slice(0, SHOWN);
  return (
    <div className={styles.talk}>
      <div className={styles.speaker}>
        <p className={styles.label}>{t('room:screen.nowSpeaking')}</p>
        <p className={styles.speakerName} dir="auto">
          {turn === undefined ? t('room:top.nobodySpeaks') : holderName(t, { room, nameOf }, turn)}
        </p>
        <p className={styles.time}>{time}</p>
        {waiting.length === 0 ? null : (
          <>
            <p className={styles.label}>{t('room:screen.next')}</p>
            <ol className={styles.waiting}>
              {waiting.map(({ request }) => (
                <li key={request.venueId ?? request.participantId} dir="auto">
                  {holderName(t, { room, nameOf }, request)}
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
      <section className={styles.newest} aria-label={t('room:screen.newest')}>
        {said.length === 0 ? <p className={styles.large}>{t('room:screen.noViews')}</p> : null}
        {said.map((one) => (
          <article key={one.id} className={styles.said} data-seq={one.seq}>
            <p className={styles.saidHead}>
              {'stance' in one ? (
                <StanceBadge stance={one.stance} />
              ) : (
                <strong>
                  {t('room:views.departmentReply')} · {t(`words:commitment.${one.commitment}`)}
                </strong>
              )}
              <span dir="auto">{nameOf(one.by)}</span>
              <AuthorRole room={room} id={one.by} />
            </p>
            <p className={styles.saidText} dir="auto">
              {shownWords(t, one)}
            </p>
          </article>
        ))}
      </section>
    </div>
  );
}

interface AuthorRoleProps {
  readonly room: Room;
  readonly id: Room['views'][number]['by'];
}

function AuthorRole({ room, id }: AuthorRoleProps) {
  const seat = room.participants[id];
  return seat === undefined ? null : <RoleBadge role={seat.role} />;
}
