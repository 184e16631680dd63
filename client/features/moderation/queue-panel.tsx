import { useState } from 'react';
import type { ParticipantId } from '../../../core/domain/ids.ts';
import type { QueuedCase } from '../../../core/domain/moderation.ts';
import { canBeDone } from '../../../core/domain/room/course.ts';
import { moderationOf } from '../../../core/domain/room/apply-moderation.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { formatDuration } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { CaseCard, RefusalWords, WaitingTime } from './case-words.tsx';
import styles from './moderation.module.css';
import { ReasonDialog } from './reason-dialog.tsx';
import { ReportedList } from './reported-list.tsx';
import { useMyModeration } from './use-moderation.ts';

interface QueuePanelProps {
  readonly room: Room;
  readonly clockOffsetMs: number;
  readonly nameOf: (id: string) => string;
}

/** What waits for whoever moderates, the oldest first, with how long it mostly takes; and what is hidden. */
export function QueuePanel({ room, clockOffsetMs, nameOf }: QueuePanelProps) {
  const t = useText();
  const { seq, queue, visible, visibleCount, medianWaitMs } = useMyModeration();
  if (queue === null || !canBeDone(room.state, 'view:moderate')) return null;
  const open = queue.filter(({ state }) => state.phase === 'waiting' || state.phase === 'appealed');
  const hidden = queue.filter(({ kind, state }) => kind === 'hidden' && state.phase === 'refused');
  const { muted } = moderationOf(room);
  const reported = visible ?? [];
  if (open.length + reported.length + hidden.length + muted.length === 0) return null;
  return (
    <section className={styles.panel} aria-label={t('room:moderation.queue')}>
      {open.length === 0 ? null : (
        <h2 className={styles.title} role="status">
          {t('room:moderation.queueCount', { count: open.length })}
        </h2>
      )}
      {medianWaitMs === null || open.length === 0 ? null : (
        <p className={styles.note}>{t('room:moderation.median', { time: formatDuration(medianWaitMs) })}</p>
      )}
      {open.map((one) => (
        <QueuedCard key={one.viewId} {...{ one, clockOffsetMs, nameOf }} />
      ))}
      <ReportedList visible={reported} count={visibleCount ?? 0} {...{ seq, clockOffsetMs, nameOf }} />
      {hidden.length + muted.length === 0 ? null : (
        <details>
          <summary className={styles.more}>
            {t('room:moderation.keptBack', { hidden: hidden.length, muted: muted.length })}
          </summary>
          {hidden.map((one) => (
            <QueuedCard key={one.viewId} {...{ one, clockOffsetMs, nameOf }} />
          ))}
          {muted.map(({ id }) => (
            <Muted key={id} id={id} name={nameOf(id)} />
          ))}
        </details>
      )}
    </section>
  );
}

type QueuedCardProps = Omit<QueuePanelProps, 'room'> & { readonly one: QueuedCase };

function QueuedCard({ one, clockOffsetMs, nameOf }: QueuedCardProps) {
  const t = useText();
  const author = nameOf(one.view.by);
  const { state } = one;
  return (
    <CaseCard
      one={one}
      label={t('room:moderation.viewOf', { author })}
      head={<strong dir="auto">{author}</strong>}
    >
      {state.phase === 'waiting' ? <WaitingTime since={one.at} clockOffsetMs={clockOffsetMs} /> : null}
      {one.reports.length === 0 ? null : (
        <p className={styles.note}>
          {t('room:moderation.reports', {
            count: one.reports.length,
            reasons: [...new Set(one.reports)].map((code) => t(`room:moderation.reason.${code}`)).join('、'),
          })}
        </p>
      )}
      <RefusalWords one={one} />
      {state.phase === 'appealed' ? (
        <p className={styles.note} dir="auto">
          {t('room:moderation.appealSays', { why: state.appeal })}
        </p>
      ) : null}
      <CaseActs one={one} author={author} />
    </CaseCard>
  );
}

type Asking = 'refuse' | 'hide' | 'uphold' | null;

function CaseActs({ one, author }: { readonly one: QueuedCase; readonly author: string }) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [asking, setAsking] = useState<Asking>(null);
  const { viewId, kind, state } = one;
  const params = { viewId };
  const close = () => setAsking(null);
  if (state.phase === 'appealed' && one.isMyRefusal)
    return <p className={styles.note}>{t('room:moderation.byAnother')}</p>;
  const about = (act: string) => t('room:moderation.actOn', { act, author });
  const button = (name: Exclude<Asking, null>, words: string) => (
    <Button aria-label={about(words)} onClick={() => setAsking(name)}>
      {words}
    </Button>
  );
  return (
    <>
      <div className={styles.acts}>
        {state.phase === 'appealed' ? (
          <>
            <ActButton
              kind="main"
              aria-label={about(t('room:moderation.overturn'))}
              onAct={() => tell(send('decideAppeal', { params, body: { upheld: null } }))}
            >
              {t('room:moderation.overturn')}
            </ActButton>
            {button('uphold', t('room:moderation.uphold'))}
          </>
        ) : kind === 'held' ? (
          <>
            <ActButton
              kind="main"
              aria-label={about(t('room:moderation.pass'))}
              onAct={() => tell(send('passView', { params }))}
            >
              {t('room:moderation.pass')}
            </ActButton>
            {button('refuse', t('room:moderation.refuse'))}
          </>
        ) : (
          <>
            <ActButton
              kind="main"
              aria-label={about(t('room:moderation.restore'))}
              onAct={() => tell(send('restoreView', { params }))}
            >
              {t('room:moderation.restore')}
            </ActButton>
            {state.phase === 'waiting' ? button('hide', t('room:moderation.hide')) : null}
          </>
        )}
      </div>
      {asking === null ? null : (
        <ReasonDialog
          title={t(`room:moderation.${asking}Title`)}
          act={t(`room:moderation.${asking}`)}
          label={t('room:moderation.tellAuthor')}
          hasCode={asking !== 'uphold'}
          onSend={({ reason, why }) =>
            tell(
              asking === 'uphold'
                ? send('decideAppeal', { params, body: { upheld: why } })
                : send(asking === 'hide' ? 'hideView' : 'refuseView', { params, body: { reason, why } }),
            )
          }
          onClose={close}
        />
      )}
    </>
  );
}

interface MutedProps {
  readonly id: ParticipantId;
  readonly name: string;
}

function Muted({ id, name }: MutedProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  return (
    <p className={styles.acts}>
      <span dir="auto">{t('room:moderation.mutedOne', { name })}</span>
      <ActButton isSmall onAct={() => tell(send('unmuteSpeaker', { params: { participantId: id } }))}>
        {t('room:moderation.unmute')}
      </ActButton>
    </p>
  );
}
