import { isOver } from '../../../core/domain/sessions.ts';
import { useState } from 'react';
import type { LocalId } from '../../../core/domain/ids.ts';
import type { Office } from '../../../core/domain/people.ts';
import { actingAs } from '../../../core/domain/room/acting.ts';
import { chair, guardAct, guardChairMaker, type Who } from '../../../core/domain/room/guards.ts';
import { guardState } from '../../../core/domain/room/course.ts';
import { guardLook } from '../../../core/domain/room/naming.ts';
import { attendanceOf } from '../../../core/domain/room/roll.ts';
import { currentTurn, type Room, type Seat } from '../../../core/domain/room/state.ts';
import { formatTime } from '../../lib/format.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { useRoomState } from '../../room/use-room.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { AnswerLine } from './answer-line.tsx';
import { OwnLeave } from './attendance-acts.tsx';
import { LongRoll } from './long-roll.tsx';
import { NamesNote } from './names-note.tsx';
import { musterOf, wholeRoll, type VenueMuster } from './muster.ts';
import { QuorumLine } from './quorum-line.tsx';
import styles from './roll.module.css';
import type { SeatActsProps, SeatAsk } from './seat-acts.tsx';
import { TakeRoll } from './take-roll.tsx';
import { VenueLight } from './venue-light.tsx';
import { part, windowPart } from '../../ui/part.tsx';

const SeatActs = part(async () => (await import('./seat-acts.tsx')).SeatActs, { of: 'desk' });

const InviteDialog = windowPart(async () => (await import('./invite-dialog.tsx')).InviteDialog, {
  of: 'desk',
});
const RemoveDialog = windowPart(async () => (await import('./remove-dialog.tsx')).RemoveDialog, {
  of: 'desk',
});
const LookDialog = windowPart(async () => (await import('./look-dialog.tsx')).LookDialog, { of: 'desk' });
const NameHostDialog = windowPart(async () => (await import('./name-host-dialog.tsx')).NameHostDialog, {
  of: 'desk',
});

/** Venues of so many are open at first. */
const OPEN_UP_TO = 40;
/** More people than this are a list of which only what is in sight is in the page. */
const LISTED_UP_TO = 60;

export interface RollPanelProps {
  readonly room: Room;
  readonly who: Who;
  /** The office that they hold beside their seat. */
  readonly office: Office | null;
  readonly nameOf: (id: string) => string;
  readonly giveFloor: SeatActsProps['giveFloor'];
}

/** Who is here, by venue and role; the chair can act on each. */
export function RollPanel({ room, who, office, nameOf, giveFloor }: RollPanelProps) {
  const t = useText();
  const [ask, setAsk] = useState<SeatAsk | null>(null);
  const [isInviting, setInviting] = useState(false);
  const { expected, present, excused } = wholeRoll(room);
  const manager = actingAs(room, { who, office }, 'people:manage');
  const mayManage = !isOver(room.state) && guardAct(room, manager, 'people:manage').ok;
  return (
    <section className={styles.roll} aria-label={t('room:roll.heading')}>
      <h2>
        {t('room:roll.heading')}{' '}
        <span className={styles.summary}>
          {t('room:roll.summary', { expected, present })}
          {excused === 0 ? null : t('room:roll.excusedCount', { count: excused })}
        </span>
      </h2>
      <QuorumLine room={room} />
      <NamesNote {...{ room, nameOf }} who={manager} />
      {mayManage ? <AnswerLine room={room} /> : null}
      {mayManage && room.plan !== null && guardState(room, 'addParticipant').ok ? (
        <>
          <Button isSmall aria-haspopup="dialog" onClick={() => setInviting(true)}>
            {t('room:invite.open')}
          </Button>
          {isInviting ? (
            <InviteDialog
              sessionId={room.plan.id}
              venues={room.plan.venues}
              mayHandOut={guardChairMaker(room, manager).ok}
              onClose={() => setInviting(false)}
            />
          ) : null}
        </>
      ) : null}
      <Online />
      {expected === 0 ? <p className={styles.summary}>{t('room:roll.empty')}</p> : null}
      {musterOf(room)
        .filter((muster) => muster.expected > 0)
        .map((muster) => (
          <Venue
            key={muster.venue.id}
            muster={muster}
            {...{ room, who, office, nameOf, giveFloor, mayManage }}
            onAsk={setAsk}
          />
        ))}
      {expected === 0 ? null : <TakeRoll room={room} nameOf={nameOf} />}
      {ask?.kind === 'remove' ? (
        <RemoveDialog seat={ask.seat} name={nameOf(ask.seat.id)} onClose={() => setAsk(null)} />
      ) : null}
      {ask?.kind === 'look' && room.plan !== null ? (
        <LookDialog
          sessionId={room.plan.id}
          seat={ask.seat}
          name={nameOf(ask.seat.id)}
          onClose={() => setAsk(null)}
        />
      ) : null}
      {ask?.kind === 'nameHost' ? (
        <NameHostDialog seat={ask.seat} name={nameOf(ask.seat.id)} onClose={() => setAsk(null)} />
      ) : null}
    </section>
  );
}

/** Who is connected now, by role: apart from who has come in, which is what the record counts. */
function Online() {
  const t = useText();
  const presence = useRoomState((state) => state.presence);
  if (presence === null || presence.online === 0) return null;
  const roles = presence.byRole.map(({ role, online }) => `${t(`words:role.${role}`)} ${online}`);
  return (
    <p className={styles.summary} data-testid="online">
      {onlineText(t, { count: presence.online, isExact: presence.exact })} · {roles.join(' · ')}
    </p>
  );
}

interface VenueProps extends RollPanelProps {
  readonly muster: VenueMuster;
  readonly mayManage: boolean;
  readonly onAsk: (ask: SeatAsk) => void;
}

function Venue({ muster, room, who, office, nameOf, giveFloor, mayManage, onAsk }: VenueProps) {
  const t = useText();
  const presence = useRoomState((state) => state.presence);
  const [isOpen, setOpen] = useState(muster.expected <= OPEN_UP_TO);
  const { venue, expected, present, excused, roles } = muster;
  const rowOf = (seat: Seat, withRole = false) => (
    <SeatRow
      seat={seat}
      isMe={who.kind === 'participant' && who.id === seat.id}
      isOnline={presence?.people?.includes(seat.id) ?? false}
      {...{ room, who, office, nameOf, giveFloor, mayManage, onAsk, withRole }}
    />
  );
  return (
    <details className={styles.venue} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span dir="auto">{venue.name}</span>{' '}
        <span className={styles.summary}>
          {t('room:roll.summary', { expected, present })}
          {excused === 0 ? null : t('room:roll.excusedCount', { count: excused })}
        </span>{' '}
        <VenueLight venueId={venue.id} />
      </summary>
      {isOpen && mayManage && guardState(room, 'checkIn').ok ? (
        <ButtonLink kind="quiet" isSmall to={`/sessions/${room.plan?.id}/check-in/${venue.id}`}>
          {t('room:checkIn.show', { venue: venue.name })}
        </ButtonLink>
      ) : null}
      {isOpen && mayGiveTo(room, who, venue.id) ? (
        <div className={styles.venueAct}>
          {giveFloor({ venueId: venue.id }, t('room:roll.giveVenueFloor', { venue: venue.name }))}
        </div>
      ) : null}
      {isOpen && expected > LISTED_UP_TO ? (
        <LongRoll
          label={venue.name}
          seats={roles.flatMap(({ seats }) => seats)}
          row={(seat) => rowOf(seat, true)}
        />
      ) : null}
      {(isOpen && expected <= LISTED_UP_TO ? roles : []).map(({ role, seats }) => (
        <div key={role} className={styles.group}>
          <h3>
            <RoleBadge role={role} /> <span className={styles.summary}>{seats.length}</span>
          </h3>
          <ul role="list">
            {seats.map((seat) => (
              <li key={seat.id}>{rowOf(seat)}</li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
}

/** Whether the floor can be given to a whole venue: where there is more than one, by whoever gives it [F10]. */
function mayGiveTo(room: Room, who: Who, venueId: LocalId): boolean {
  if (room.state !== 'in_session' || (room.plan?.venues.length ?? 0) < 2) return false;
  return guardAct(room, who, 'floor:manage').ok && currentTurn(room)?.venueId !== venueId;
}

function onlineText(t: Translate, { count, isExact }: { readonly count: number; readonly isExact: boolean }) {
  return isExact ? t('room:roll.online', { count }) : t('room:roll.onlineAbout', { count });
}

interface SeatRowProps extends Omit<VenueProps, 'muster'> {
  readonly seat: Seat;
  readonly isMe: boolean;
  readonly isOnline: boolean;
  readonly withRole: boolean;
}

function SeatRow(props: SeatRowProps) {
  const { seat, isMe, isOnline, withRole, room, who, office, nameOf, giveFloor, mayManage, onAsk } = props;
  const t = useText();
  const isChair = chair(room) === seat.id;
  const attendance = attendanceOf(seat);
  const isToCome = attendance === 'expected' && seat.acceptedAt !== undefined;
  const come = isToCome ? t('room:roll.accepted') : t(`room:roll.${attendance}`);
  return (
    <>
      <div className={styles.seat} data-present={attendance === 'present'} data-online={isOnline}>
        <span className={styles.name} dir="auto" title={seat.affiliation}>
          {nameOf(seat.id)}
        </span>
        {withRole ? <RoleBadge role={seat.role} /> : null}
        {isChair ? <span className={styles.tag}>{t('room:roll.host')}</span> : null}
        {isMe ? <span className={styles.tag}>{t('room:roll.me')}</span> : null}
        <span className={styles.presence}>
          {isOnline && attendance === 'present' ? t('room:roll.here') : come}
        </span>
        {isMe && !mayManage ? <OwnLeave room={room} seat={seat} who={who} /> : null}
        {mayManage && !isChair ? (
          <SeatActs seat={seat} name={nameOf(seat.id)} {...{ room, who, office, onAsk, giveFloor }} />
        ) : null}
        {(!mayManage || isChair) && guardLook(room, who, seat.id).ok ? (
          <Button
            kind="quiet"
            isSmall
            aria-label={t('room:names.lookAt', { name: nameOf(seat.id) })}
            onClick={() => onAsk({ kind: 'look', seat })}
          >
            {t('room:names.look')}
          </Button>
        ) : null}
      </div>
      {withRole ? null : <SeatNote seat={seat} nameOf={nameOf} />}
    </>
  );
}

/** Who stands for whom, and why somebody is away where one may know. Not in a long list, whose rows are of one height. */
function SeatNote({ seat, nameOf }: Pick<SeatRowProps, 'seat' | 'nameOf'>) {
  const t = useText();
  const { deputy, deputyOf, leaveAt, undone } = seat;
  // Whoever was checked in is away no more.
  const leaveWhy = leaveAt === undefined ? '' : (seat.leaveWhy ?? '');
  if (deputy === undefined && deputyOf === undefined && leaveWhy === '' && undone === undefined) return null;
  return (
    <p className={styles.note} dir="auto">
      {deputy === undefined ? null : t('room:roll.stoodForBy', { name: nameOf(deputy.id) })}
      {deputyOf === undefined ? null : t('room:roll.standsFor', { name: nameOf(deputyOf) })}
      {leaveWhy === '' ? null : ` ${t('room:roll.leaveWhy', { why: leaveWhy })}`}
      {undone === undefined
        ? null
        : ` ${t('room:roll.undone', { time: formatTime(undone.at), name: nameOf(undone.by) })}`}
    </p>
  );
}
