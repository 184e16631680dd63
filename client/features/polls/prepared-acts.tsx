import { useState } from 'react';
import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { votersOf } from '../../../core/domain/room/electorate.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { topicsIn } from '../../room/polls/about-words.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { part } from '../../ui/part.tsx';
import { countableIn } from './countable.ts';
import styles from './polls.module.css';
import { usePollLife } from './use-poll-life.ts';

const PollFormFields = part(async () => (await import('./poll-form-fields.tsx')).PollFormFields, {
  of: 'desk',
  waiting: 'lines',
});

interface PreparedActsProps {
  readonly room: Room;
  readonly poll: Poll;
  readonly nameOf: (id: string) => string;
}

/** Changing and dropping a poll that nobody has voted in yet [B40] [B41]. */
export function PreparedActs({ room, poll, nameOf }: PreparedActsProps) {
  const t = useText();
  const send = useSend();
  const run = useTell();
  const { drop } = usePollLife(poll);
  const [asked, setAsked] = useState<'revise' | 'drop' | null>(null);
  const close = () => setAsked(null);
  const { id } = poll.draft;
  const revise = (draft: PollDraft) => run(send('revisePoll', { params: { pollId: id }, body: draft }));
  return (
    <div className={styles.acts}>
      <Button onClick={() => setAsked('revise')}>{t('room:pollLife.revise')}</Button>
      <Button onClick={() => setAsked('drop')}>{t('room:pollLife.drop')}</Button>
      <Dialog
        isOpen={asked === 'revise'}
        onClose={close}
        title={t('room:pollLife.reviseHeading')}
        width="middle"
        closeLabel={t('room:pollForm.cancel')}
        asks="ifTyped"
      >
        <PollFormFields
          from={poll.draft}
          topics={topicsIn(t, room, poll.draft.about, nameOf)}
          votersOf={({ rules }) => votersOf(room, rules)}
          countable={countableIn(room, nameOf)}
          onSave={revise}
          onCancel={close}
        />
      </Dialog>
      <ConfirmDialog
        isOpen={asked === 'drop'}
        title={t('room:pollLife.dropTitle')}
        act={t('room:pollLife.drop')}
        onConfirm={async () => {
          if (await drop()) close();
        }}
        onClose={close}
      >
        {t('room:pollLife.dropText')}
      </ConfirmDialog>
    </div>
  );
}
