import { useState } from 'react';
import { PollId } from '../../../core/domain/ids.ts';
import type { ClosedPoll } from '../../../core/domain/polls/poll.ts';
import { guardRerun } from '../../../core/domain/room/voting-drafts.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { newId } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import styles from './polls.module.css';

/** Prepares the same poll again in the place of one that was void; nothing where that cannot be done [B43]. */
export function PollAgain({ room, poll }: { readonly room: Room; readonly poll: ClosedPoll }) {
  const t = useText();
  const send = useSend();
  const run = useTell();
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const { draft } = poll;
  if (!guardRerun(room, draft.id).ok) return null;
  const prepare = async () => {
    const { time } = draft.rules;
    // An end that was an instant is over by now.
    const rules = {
      ...draft.rules,
      time: { ...time, endsAt: null, ...(time.endsAt === null ? {} : { extensionSeconds: null }) },
    };
    const again = { ...draft, id: PollId.parse(newId()), rerunOf: draft.id, rules };
    if (await run(send('preparePoll', { body: again }))) close();
  };
  return (
    <div className={styles.acts}>
      <Button kind="main" onClick={() => setAsking(true)}>
        {t('room:pollLife.again')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('room:pollLife.againTitle')}
        act={t('room:pollLife.again')}
        isDangerous={false}
        onConfirm={prepare}
        onClose={close}
      >
        {t('room:pollLife.againText')}
      </ConfirmDialog>
    </div>
  );
}
