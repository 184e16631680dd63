import { useRef, useState } from 'react';
import { choiceRoutes } from '../../../core/contract/poll-doors.ts';
import { isForChair, type Poll } from '../../../core/domain/polls/poll.ts';
import type { NamedBallot } from '../../../core/domain/polls/voters.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { guardChoices } from '../../../core/domain/room/voting-choices.ts';
import { call, newId } from '../../lib/api.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { Ballots } from '../../room/polls/result-parts.tsx';
import { voterSaid } from '../../room/polls/words.ts';
import { useRoomStore } from '../../room/use-room.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import fields from '../../ui/form.module.css';
import styles from './polls.module.css';

interface ChairChoicesProps {
  readonly room: Room;
  readonly who: Who;
  readonly poll: Poll;
  readonly nameOf: (id: string) => string;
}

/** Who chose what in a poll that is 仅主持人可见, for whoever holds the chair now; nothing for anybody else [B65]. */
export function ChairChoices({ room, who, poll, nameOf }: ChairChoicesProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  // The guard of the command itself: whoever loses the chair loses the button, and what they had open.
  if (!isForChair(poll.draft) || !guardChoices(room, who, poll.draft.id).ok || poll.phase !== 'closed')
    return null;
  return (
    <div className={styles.acts}>
      <Button onClick={() => setOpen(true)}>{t('room:choices.read')}</Button>
      {isOpen ? (
        <ChoicesDialog
          poll={poll}
          isFirst={who.kind !== 'participant' || !Object.hasOwn(poll.choicesRead ?? {}, who.id)}
          nameOf={nameOf}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </div>
  );
}

interface ChoicesDialogProps {
  readonly poll: Extract<Poll, { phase: 'closed' }>;
  /** Whether everybody will be told of it. */
  readonly isFirst: boolean;
  readonly nameOf: (id: string) => string;
  readonly onClose: () => void;
}

/** What is found is gone with the window. */
function ChoicesDialog({ poll, isFirst, nameOf, onClose }: ChoicesDialogProps) {
  const t = useText();
  const { sessionId } = useRoomStore();
  const [found, setFound] = useState<readonly NamedBallot[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  // Asked again after a lost answer it is the same look.
  const key = useRef(newId());
  const read = async () => {
    setError(null);
    try {
      const params = { sessionId, pollId: poll.draft.id };
      setFound((await call(choiceRoutes.readChoices, { params, key: key.current })).ballots);
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('room:choices.title')} closeLabel={t('room:choices.close')}>
      <div className={fields.form}>
        {error === null ? null : <Alert>{reasonText(t, error.reason, error.details)}</Alert>}
        {found === null ? (
          <>
            <p>{t(isFirst ? 'room:choices.hint' : 'room:choices.again')}</p>
            <ActButton kind="main" onAct={read}>
              {t('room:choices.read')}
            </ActButton>
          </>
        ) : found.length === 0 ? (
          <p role="status">{t('room:choices.nobody')}</p>
        ) : (
          <Ballots draft={poll.draft} ballots={found} nameOf={(by) => voterSaid(t, poll, by, nameOf)} />
        )}
      </div>
    </Dialog>
  );
}
