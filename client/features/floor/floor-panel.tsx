import { hasEnded } from '../../../core/domain/sessions.ts';
import { useState, type ComponentType } from 'react';
import type { LocalId } from '../../../core/domain/ids.ts';
import { floorQueue, type Waiting } from '../../../core/domain/room/floor-order.ts';
import { turnsOnItem } from '../../../core/domain/room/floor-time.ts';
import { guardAct, type Who } from '../../../core/domain/room/guards.ts';
import { currentTurn, floorRulesOf, type Room } from '../../../core/domain/room/state.ts';
import { formatTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { holderName, placeName } from '../../room/holder-name.ts';
import { RoleMark } from '../../ui/role-badge.tsx';
import { EndTurn } from './end-turn.tsx';
import { FloorRequest } from './floor-request.tsx';
import styles from './floor.module.css';
import { GiveFloor } from './give-floor.tsx';
import { ShareBar } from './share-bar.tsx';
import { SpeakingTime } from './speaking-time.tsx';
import { VenueDesk } from './venue-desk.tsx';
import { VenueGone } from './venue-gone.tsx';
import { SpeakerChoice, UnnamedTurns } from './venue-speaker.tsx';
import { whyThere } from './why.ts';
import { part, windowPart } from '../../ui/part.tsx';

const TurnControls = part(async () => (await import('./turn-controls.tsx')).TurnControls, { of: 'desk' });
const RulesDialog = windowPart(async () => (await import('./rules-dialog.tsx')).RulesDialog, { of: 'desk' });

export interface FloorPanelProps {
  readonly room: Room;
  readonly who: Who;
  readonly clockOffsetMs: number;
  readonly nameOf: (id: string) => string;
  /** Whether a venue is on the line. */
  readonly light: ComponentType<{ readonly venueId: LocalId }>;
}

/** Who speaks, who waits and in what order, how the time was shared, and what I can do about it. */
export function FloorPanel(props: FloorPanelProps) {
  const { room, who, clockOffsetMs, nameOf } = props;
  const t = useText();
  const queue = floorQueue(room);
  return (
    <section className={styles.floor} aria-label={t('room:floor.heading')}>
      <h2>{t('room:floor.heading')}</h2>
      <Speaker {...props} />
      <h3>
        {t('room:floor.queue')}{' '}
        <span className={styles.label}>
          {queue.length === 0
            ? t('room:floor.queueEmpty')
            : t('room:floor.queueCount', { count: queue.length })}
        </span>
      </h3>
      <Rules {...{ room, who }} />
      <ol role="list" className={styles.queue}>
        {queue.map((waiting) => (
          <Waiter
            key={waiting.request.venueId ?? waiting.request.participantId}
            {...props}
            waiting={waiting}
          />
        ))}
      </ol>
      <FloorRequest room={room} who={who} />
      <VenueDesk room={room} who={who} />
      <ShareBar room={room} clockOffsetMs={clockOffsetMs} />
      <UnnamedTurns {...{ room, who, nameOf }} />
    </section>
  );
}

function Speaker({ room, who, clockOffsetMs, nameOf, light: Light }: FloorPanelProps) {
  const t = useText();
  const turn = currentTurn(room);
  const mayManage = room.state === 'in_session' && guardAct(room, who, 'floor:manage').ok;
  const isMine = who.kind === 'participant' && turn?.participantId === who.id;
  if (turn === undefined)
    return (
      <div className={styles.now} data-speaking={false}>
        <p>{t('room:floor.nobody')}</p>
      </div>
    );
  const { participantId, venueId } = turn;
  const times = participantId === null ? 0 : turnsOnItem(room, participantId);
  const name = holderName(t, { room, nameOf }, turn);
  return (
    <div className={styles.now} data-speaking>
      <p>
        <span className={styles.label}>
          {t('room:floor.now')}
          {turn.kind === undefined || turn.kind === 'speech'
            ? null
            : ` · ${t(`room:floor.kind.${turn.kind}`)}`}
        </span>{' '}
        <strong dir="auto">{name}</strong> {venueId === undefined ? null : <Light venueId={venueId} />}{' '}
        <SpeakingTime turn={turn} clockOffsetMs={clockOffsetMs} />
        {times > 1 ? (
          <span className={styles.label}> {t('room:floor.timesOnItem', { count: times })}</span>
        ) : null}
      </p>
      {isMine && !mayManage && room.state === 'in_session' ? <EndTurn isSmall /> : null}
      {mayManage && venueId !== undefined ? <VenueGone venueId={venueId} /> : null}
      {mayManage ? (
        <TurnControls {...{ room, who, turn }} name={placeName(t, { room, nameOf }, turn)} />
      ) : null}
      <SpeakerChoice
        {...{ room, who, nameOf, turn }}
        number={room.turns.length - 1}
        label={t('room:floor.speakerNow')}
      />
    </div>
  );
}

type WaiterProps = FloorPanelProps & { readonly waiting: Waiting };

function Waiter({ room, who, clockOffsetMs, nameOf, waiting }: WaiterProps) {
  const t = useText();
  const { request, place } = waiting;
  const { participantId, venueId, at, kind = 'speech', stance } = request;
  const mayManage = room.state === 'in_session' && guardAct(room, who, 'floor:manage').ok;
  const seat = room.participants[participantId];
  const name = holderName(t, { room, nameOf }, request);
  const why = whyThere(t, waiting);
  return (
    <li data-me={venueId === undefined && who.kind === 'participant' && who.id === participantId}>
      <span className={styles.place}>{place}</span>
      {seat === undefined || venueId !== undefined ? null : <RoleMark role={seat.role} />}
      <span className={styles.name}>
        <span dir="auto">{name}</span>
        {venueId === undefined ? null : <span className={styles.kind}>{t('room:floor.venue')}</span>}
        {kind === 'speech' ? null : <span className={styles.kind}>{t(`room:floor.kind.${kind}`)}</span>}
        {request.isBooked === true ? <span className={styles.kind}>{t('room:floor.booked')}</span> : null}
        {stance === undefined ? null : <span className={styles.kind}>{t(`words:stance.${stance}`)}</span>}
        {why === '' ? null : <small className={styles.why}>{why}</small>}
      </span>
      <time dateTime={at}>{formatTime(at)}</time>
      {mayManage ? (
        <GiveFloor
          {...{ room, name, clockOffsetMs }}
          to={venueId === undefined ? participantId : { venueId }}
          aria-label={t('room:floor.giveTo', { name })}
        >
          {t('room:floor.give')}
        </GiveFloor>
      ) : null}
    </li>
  );
}

/** By which rules people are called: said to everybody, changed by whoever runs the session. */
function Rules({ room, who }: Pick<FloorPanelProps, 'room' | 'who'>) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const { order, seconds } = floorRulesOf(room);
  const mayRule = !hasEnded(room.state) && guardAct(room, who, 'floor:manage').ok;
  return (
    <p className={styles.rules}>
      <span className={styles.label}>
        {t('room:floor.ruledBy', {
          order: t(`words:rules.order.${order}`),
          minutes: Math.round((seconds.speech / 60) * 10) / 10,
        })}
      </span>
      {mayRule ? (
        <Button kind="quiet" isSmall onClick={() => setOpen(true)}>
          {t('room:floor.changeRules')}
        </Button>
      ) : null}
      {isOpen ? <RulesDialog room={room} onClose={() => setOpen(false)} /> : null}
    </p>
  );
}
