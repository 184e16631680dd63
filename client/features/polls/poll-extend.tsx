import { useState } from 'react';
import type { OpenPoll } from '../../../core/domain/polls/poll.ts';
import { guardExtension } from '../../../core/domain/room/voting.ts';
import { formatDuration, formatTimeExact } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import styles from './polls.module.css';
import { usePollLife } from './use-poll-life.ts';

/** Putting off the end, once, by what was said before the opening; nothing where it cannot be put off [B44]. */
export function PollExtend({ poll }: { readonly poll: OpenPoll }) {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const { extend } = usePollLife(poll);
  const endsAt = guardExtension(poll, undefined);
  const { extensionSeconds } = poll.draft.rules.time;
  if (!endsAt.ok || extensionSeconds === null) return null;
  const by = formatDuration(extensionSeconds * 1_000);
  const close = () => setAsking(false);
  return (
    <div className={styles.acts}>
      <Button onClick={() => setAsking(true)}>{t('room:pollLife.extend', { by })}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('room:pollLife.extendTitle')}
        act={t('room:pollLife.extend', { by })}
        isDangerous={false}
        onConfirm={async () => {
          if (await extend()) close();
        }}
        onClose={close}
      >
        {t('room:pollLife.extendText', { by, time: formatTimeExact(endsAt.value) })}
      </ConfirmDialog>
    </div>
  );
}
