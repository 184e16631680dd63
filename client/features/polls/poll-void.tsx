import { useState } from 'react';
import type { ClosedPoll, OpenPoll } from '../../../core/domain/polls/poll.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { guardVoider, isSeenAsProposer } from '../../../core/domain/room/voting-voids.ts';
import { askingAs } from '../../../core/domain/room/acting.ts';
import { useHats } from '../../room/use-who.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useWhy, WhyField } from '../../ui/why-field.tsx';
import styles from './polls.module.css';
import { usePollLife } from './use-poll-life.ts';

interface PollVoidProps {
  readonly room: Room;
  readonly who: Who;
  readonly poll: OpenPoll | ClosedPoll;
}

/** What those who run the session can do about a poll that should not count [B42]. */
export function PollVoid({ room, who, poll }: PollVoidProps) {
  const isVoid = poll.phase === 'closed' && poll.voided !== undefined;
  const { office } = useHats();
  // As whom the server takes it: the administrator beside a seat that does not say it [P15].
  const asked = askingAs(room, { who, office }, { type: 'proposeVoid' });
  if (isVoid || !guardVoider(room, asked, 'proposeVoid').ok) return null;
  return poll.voiding === undefined ? (
    <Propose poll={poll} />
  ) : (
    <Answer poll={poll} isOwn={isSeenAsProposer(poll.voiding, asked)} />
  );
}

type Asked = 'propose' | 'confirm' | 'decline' | null;

/** Asks why; somebody else has to confirm it. */
function Propose({ poll }: Pick<PollVoidProps, 'poll'>) {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const { proposeVoid } = usePollLife(poll);
  const { ask, field } = useWhy();
  const close = () => setAsking(false);
  const confirm = async () => {
    const why = ask();
    if (why !== null && (await proposeVoid(why))) close();
  };
  return (
    <div className={styles.acts}>
      <Button isSmall onClick={() => setAsking(true)}>
        {t('room:pollLife.propose')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('room:pollLife.proposeTitle')}
        act={t('room:pollLife.propose')}
        onConfirm={confirm}
        onClose={close}
      >
        <p>{t(`room:pollLife.proposeText.${poll.phase}`)}</p>
        <WhyField {...field} label={t('room:pollLife.why')} />
      </ConfirmDialog>
    </div>
  );
}

/** Confirming or declining what somebody else proposed; whoever proposed it can take it back. */
function Answer({ poll, isOwn }: Pick<PollVoidProps, 'poll'> & { readonly isOwn: boolean }) {
  const t = useText();
  const [asked, setAsked] = useState<Asked>(null);
  const { confirmVoid, declineVoid } = usePollLife(poll);
  const close = () => setAsked(null);
  const decline = t(isOwn ? 'room:pollLife.takeBack' : 'room:pollLife.decline');
  const done = (isDone: boolean) => (isDone ? close() : undefined);
  return (
    <div className={styles.acts}>
      {isOwn ? (
        <p className={styles.hint}>{t('room:pollLife.waitsForOther')}</p>
      ) : (
        <Button kind="danger" onClick={() => setAsked('confirm')}>
          {t('room:pollLife.confirm')}
        </Button>
      )}
      <Button onClick={() => setAsked('decline')}>{decline}</Button>
      <ConfirmDialog
        isOpen={asked === 'confirm'}
        title={t('room:pollLife.confirmTitle')}
        act={t('room:pollLife.confirm')}
        isIrreversible
        onConfirm={async () => done(await confirmVoid())}
        onClose={close}
      >
        {t(`room:pollLife.confirmText.${poll.phase}`)}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'decline'}
        title={t('room:pollLife.declineTitle')}
        act={decline}
        isDangerous={false}
        onConfirm={async () => done(await declineVoid())}
        onClose={close}
      >
        {t('room:pollLife.declineText')}
      </ConfirmDialog>
    </div>
  );
}
