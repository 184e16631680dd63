import { isOver, isUnpublished } from '../../../core/domain/sessions.ts';
import { useState, type ReactNode } from 'react';
import type { Office } from '../../../core/domain/people.ts';
import { actingAs } from '../../../core/domain/room/acting.ts';
import { guardAct, type Who } from '../../../core/domain/room/guards.ts';
import { canBeDone, statesOf } from '../../../core/domain/room/course.ts';
import { decide } from '../../../core/domain/room/decide.ts';
import { firstInQueue } from '../../../core/domain/room/floor-order.ts';
import { currentTurn, type Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { holderName, placeName, type FloorTarget } from '../../room/holder-name.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { CloseDialog } from './close-dialog.tsx';
import styles from './host-bar.module.css';
import { nextItem } from './next-item.ts';
import { OpenDialog, PauseDialog } from './state-dialogs.tsx';

export interface HostBarProps {
  readonly room: Room;
  readonly who: Who;
  readonly office: Office | null;
  readonly clockOffsetMs: number;
  readonly nameOf: (id: string) => string;
  /** What else the session can be led to. */
  readonly more: ReactNode;
  /** What comes next with the text once the meeting is over; null: nothing that this person does. */
  readonly conclude: ReactNode;
  /** A button that gives somebody the floor. */
  readonly giveFloor: (to: FloorTarget, label: string) => ReactNode;
  readonly onLinks: () => void;
}

type Asking = 'open' | 'pause' | 'close' | null;

/** What whoever runs the session does next, each act one press away; the heavy ones ask first. */
export function HostBar({
  room,
  who,
  office,
  clockOffsetMs,
  nameOf,
  more,
  conclude,
  giveFloor,
  onLinks,
}: HostBarProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [asking, setAsking] = useState<Asking>(null);
  const done = () => setAsking(null);
  const mayRun = guardAct(room, who, 'session:run').ok;
  const linker = actingAs(room, { who, office }, 'link:manage');
  const mayLink = canBeDone(room.state, 'link:manage') && guardAct(room, linker, 'link:manage').ok;
  if (isOver(room.state) || isUnpublished(room.state) || (!mayRun && !mayLink && conclude === null))
    return null;
  const isLive = room.state === 'in_session';
  const next = nextItem(room);
  const turn = currentTurn(room);
  const first = firstInQueue(room);
  // Whether a reason is needed is said where it is given.
  const canOpen = room.state === 'scheduled' ? decide(room, who, { type: 'openSession', why: '-' }) : null;
  return (
    <section className={styles.bar} aria-label={t('room:host.label')}>
      {mayRun && canOpen !== null ? (
        <Button kind="main" isSmall disabled={!canOpen.ok} onClick={() => setAsking('open')}>
          {t('room:host.open')}
        </Button>
      ) : null}
      {canOpen?.ok === false && canOpen.error.reason === 'HOST_ABSENT' ? (
        <span className={styles.note}>{t('room:host.absent')}</span>
      ) : null}
      {canOpen?.ok === true ? <span className={styles.note}>{t('room:host.openWhen')}</span> : null}
      {mayRun && statesOf('resumeSession').includes(room.state) ? (
        <ActButton kind="main" isSmall onAct={() => tell(send('resumeSession', {}))}>
          {room.state === 'adjourned' ? t('room:course.reconvene') : t('room:host.resume')}
        </ActButton>
      ) : null}
      {mayRun && isLive && next !== null ? (
        <ActButton
          isSmall
          className={styles.next}
          data-shortcut="next"
          onAct={() => tell(send('moveAgenda', { body: { itemId: next.id } }))}
        >
          {t('room:host.next', { title: next.title })}
        </ActButton>
      ) : null}
      {mayRun && isLive && first !== undefined
        ? giveFloor(
            first.venueId === undefined ? first.participantId : { venueId: first.venueId },
            t('room:floor.next', { name: holderName(t, { room, nameOf }, first) }),
          )
        : null}
      {mayRun && isLive && turn !== undefined ? (
        <ActButton isSmall onAct={() => tell(send('endFloor', {}))}>
          {t('room:floor.endOf', { name: placeName(t, { room, nameOf }, turn) })}
        </ActButton>
      ) : null}
      {conclude}
      <span className={styles.space} />
      {mayLink ? (
        <Button isSmall onClick={onLinks}>
          {t('room:host.qr')}
        </Button>
      ) : null}
      {mayRun && isLive ? (
        <Button isSmall onClick={() => setAsking('pause')}>
          {t('room:host.pause')}
        </Button>
      ) : null}
      {mayRun && statesOf('closeSession').includes(room.state) ? (
        <Button kind="danger" isSmall onClick={() => setAsking('close')}>
          {t('room:host.close')}
        </Button>
      ) : null}
      {more}
      <OpenDialog isOpen={asking === 'open'} {...{ room, who, clockOffsetMs }} onClose={done} />
      <PauseDialog isOpen={asking === 'pause'} room={room} onClose={done} />
      <CloseDialog isOpen={asking === 'close'} room={room} onClose={done} />
    </section>
  );
}
