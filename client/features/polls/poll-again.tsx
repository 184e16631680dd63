import { useState } from 'react';
import { PollId } from '../../../core/domain/ids.ts';
import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import { OfferedDraft } from '../../../core/domain/polls/offered.ts';
import type { ClosedPoll } from '../../../core/domain/polls/poll.ts';
import { votersOf } from '../../../core/domain/room/electorate.ts';
import { guardRerun } from '../../../core/domain/room/voting-drafts.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { newId } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { part } from '../../ui/part.tsx';
import { countableIn } from './countable.ts';
import styles from './polls.module.css';

const PollFormFields = part(async () => (await import('./poll-form-fields.tsx')).PollFormFields, {
  of: 'desk',
  waiting: 'lines',
});

interface PollAgainProps {
  readonly room: Room;
  readonly poll: ClosedPoll;
  readonly nameOf: (id: string) => string;
}

/** The same question by the same rules, as a poll of its own. An end that was an instant is over by now. */
function againOf(draft: PollDraft, id: PollId): PollDraft {
  const { time } = draft.rules;
  const end = { endsAt: null, ...(time.endsAt === null ? {} : { extensionSeconds: null }) };
  return { ...draft, id, rerunOf: draft.id, rules: { ...draft.rules, time: { ...time, ...end } } };
}

/** Prepares the same poll again in the place of one that was void; nothing where that cannot be done [B43]. */
export function PollAgain({ room, poll, nameOf }: PollAgainProps) {
  const t = useText();
  const send = useSend();
  const run = useTell();
  const [isAsking, setAsking] = useState(false);
  const [id] = useState(() => PollId.parse(newId()));
  const close = () => setAsking(false);
  const { draft } = poll;
  if (!guardRerun(room, draft.id).ok) return null;
  const again = againOf(draft, id);
  // Rules of before that are refused today: the form names what has to be changed.
  const isRefused = !OfferedDraft.safeParse(again).success;
  const save = (poll: PollDraft) => run(send('preparePoll', { body: poll }));
  const prepare = async () => {
    if (await save(again)) close();
  };
  return (
    <div className={styles.acts}>
      <Button kind="main" onClick={() => setAsking(true)}>
        {t('room:pollLife.again')}
      </Button>
      <Dialog
        isOpen={isAsking && isRefused}
        onClose={close}
        title={t('room:pollLife.againTitle')}
        width="middle"
        closeLabel={t('room:pollForm.cancel')}
        asks="ifTyped"
      >
        <p>{t('room:pollLife.againMend')}</p>
        <PollFormFields
          from={again}
          before={draft}
          topics={[]}
          votersOf={({ rules }) => votersOf(room, rules)}
          countable={countableIn(room, nameOf)}
          onSave={save}
          onCancel={close}
        />
      </Dialog>
      <ConfirmDialog
        isOpen={isAsking && !isRefused}
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
