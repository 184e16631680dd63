import { useState } from 'react';
import { REQUEST_KINDS, RequestKind } from '../../../core/domain/floor.ts';
import { waitingOf, type Waiting } from '../../../core/domain/room/floor-order.ts';
import { guardFloorRequest, type Who } from '../../../core/domain/room/guards.ts';
import { currentTurn, type Room } from '../../../core/domain/room/state.ts';
import { hasEnded, isBefore } from '../../../core/domain/sessions.ts';
import { Stance, STANCES } from '../../../core/domain/views.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './floor.module.css';
import { whyThere } from './why.ts';

export interface FloorRequestProps {
  readonly room: Room;
  readonly who: Who;
  /** One button, where there is no room for a line. */
  readonly isCompact?: boolean;
  /** The one act that fits now. */
  readonly isMain?: boolean;
}

/** Asking for the floor, my place in the queue and why it is that, and taking it back. */
export function FloorRequest({ room, who, isCompact = false, isMain = false }: FloorRequestProps) {
  const t = useText();
  const [isChoosing, setChoosing] = useState(false);
  const me = who.kind === 'participant' ? who.id : null;
  const waiting = waitingOf(room, me);
  if (me !== null && currentTurn(room)?.participantId === me)
    return (
      // Said to readers by the room's announcer.
      <p className={styles.mine}>{t('room:floor.mine')}</p>
    );
  if (waiting !== null) return <MyPlace waiting={waiting} isCompact={isCompact} />;
  if (hasEnded(room.state)) return null;
  const guarded = guardFloorRequest(room, who);
  if (!guarded.ok && guarded.error.reason === 'ROLE_MAY_NOT') return null;
  // A motion may be made also by whoever has spoken as often as they may.
  const mayAsk = REQUEST_KINDS.some((kind) => guardFloorRequest(room, who, kind).ok);
  return (
    <>
      <Button kind={isMain ? 'main' : 'plain'} isWide disabled={!mayAsk} onClick={() => setChoosing(true)}>
        {isBefore(room.state) ? t('room:floor.book') : t('room:floor.ask')}
      </Button>
      {mayAsk || isCompact || guarded.ok ? null : (
        <p className={styles.label}>{reasonText(t, guarded.error.reason, guarded.error.facts)}</p>
      )}
      {isChoosing ? <AskDialog room={room} who={who} onClose={() => setChoosing(false)} /> : null}
    </>
  );
}

interface MyPlaceProps {
  readonly waiting: Waiting;
  readonly isCompact: boolean;
}

/** Where I stand. Taking it back asks first: it stands where a moment ago one asked for the floor. */
function MyPlace({ waiting, isCompact }: MyPlaceProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [isAsking, setAsking] = useState(false);
  const place = t('room:floor.myPlace', { place: waiting.place });
  const why = whyThere(t, waiting);
  return (
    <>
      {isCompact ? (
        <Button onClick={() => setAsking(true)} aria-label={`${place}${why}，${t('room:floor.withdraw')}`}>
          <span className={styles.compact}>
            <span>{place}</span>
            {why === '' ? null : <small>{why}</small>}
          </span>
        </Button>
      ) : (
        <div className={styles.request}>
          <p role="status">
            {place}
            {why === '' ? null : <small className={styles.why}>{why}</small>}
          </p>
          <Button isSmall onClick={() => setAsking(true)}>
            {t('room:floor.withdraw')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        title={t('room:floor.withdrawTitle')}
        act={t('room:floor.withdraw')}
        isDangerous={false}
        onConfirm={async () => {
          if (await tell(send('withdrawFloor', {}))) setAsking(false);
        }}
        onClose={() => setAsking(false)}
      >
        {`${place}${why === '' ? '' : `。${why}`}`}
      </ConfirmDialog>
    </>
  );
}

/** What for, and on which side: said before speaking, as the rules on the wall ask. */
function AskDialog({
  room,
  who,
  onClose,
}: Pick<FloorRequestProps, 'room' | 'who'> & { readonly onClose: () => void }) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const kinds = REQUEST_KINDS.filter((kind) => guardFloorRequest(room, who, kind).ok);
  const [kind, setKind] = useState<RequestKind>(kinds[0] ?? 'speech');
  const [stance, setStance] = useState<Stance | ''>('');
  const ask = async () => {
    const said = kind === 'speech' && stance !== '' ? { stance } : {};
    if (await tell(send('requestFloor', { body: kind === 'speech' ? said : { kind } }))) onClose();
  };
  return (
    <Dialog isOpen title={t('room:floor.ask')} onClose={onClose} closeLabel={t('room:floor.askLater')}>
      <div className={styles.ask}>
        {kinds.length > 1 ? (
          <Choice
            label={t('room:floor.kindLabel')}
            value={kind}
            options={kinds.map((value) => ({ value, text: t(`room:floor.kind.${value}`) }))}
            onChoose={(value) => setKind(RequestKind.parse(value))}
            hint={t(`room:floor.kindHint.${kind}`)}
          />
        ) : null}
        {kind === 'speech' ? (
          <Choice
            label={t('room:floor.stanceLabel')}
            value={stance}
            options={[
              { value: '', text: t('room:floor.noStance') },
              ...STANCES.map((value) => ({ value, text: t(`words:stance.${value}`) })),
            ]}
            onChoose={(value) => setStance(value === '' ? '' : Stance.parse(value))}
          />
        ) : null}
        <ActButton kind="main" isWide onAct={ask}>
          {isBefore(room.state) ? t('room:floor.book') : t('room:floor.ask')}
        </ActButton>
      </div>
    </Dialog>
  );
}
