import { useState } from 'react';
import type { ClosedPoll } from '../../../core/domain/polls/poll.ts';
import { mayBeFor, type Tie } from '../../../core/domain/polls/ties.ts';
import { tiesOf } from '../../../core/domain/room/voting-ties.ts';
import { useText } from '../../lib/i18n.ts';
import { itemWord } from '../../room/polls/words.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useWhy, WhyField } from '../../ui/why-field.tsx';
import { Radios } from './form-parts.tsx';
import styles from './polls.module.css';
import { usePollLife } from './use-poll-life.ts';

/** The word of whoever runs the session on draws that the rules left to them, one after another [B47]. */
export function PollTie({ poll }: { readonly poll: ClosedPoll }) {
  const [tie] = tiesOf(poll);
  return tie === undefined ? null : (
    <Settle key={`${tie.chamberId} ${tie.itemId ?? ''}`} poll={poll} tie={tie} />
  );
}

function Settle({ poll, tie }: { readonly poll: ClosedPoll; readonly tie: Tie }) {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const [how, setHow] = useState<'isFor' | 'isAgainst'>('isAgainst');
  const { ask, field } = useWhy();
  const { settleTie } = usePollLife(poll);
  const close = () => setAsking(false);
  const canBeFor = mayBeFor(poll.draft, tie, poll.settled ?? []);
  const settle = async () => {
    const why = ask();
    if (why !== null && (await settleTie({ ...tie, isFor: how === 'isFor', why }))) close();
  };
  return (
    <div className={styles.acts}>
      <Button kind="main" onClick={() => setAsking(true)}>
        {t('room:tie.settle')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('room:tie.title')}
        act={t('room:tie.settle')}
        isDangerous={false}
        isIrreversible
        onConfirm={settle}
        onClose={close}
      >
        {tie.itemId === null ? null : (
          <p dir="auto">{t('room:tie.of', { item: itemWord(t, poll.draft.ask, tie.itemId) })}</p>
        )}
        <Radios
          legend={t('room:tie.choice')}
          options={(['isFor', 'isAgainst'] as const).map((value) => ({
            value,
            text: t(`room:tie.${value}`),
            isDisabled: value === 'isFor' && !canBeFor,
          }))}
          value={how}
          onValue={setHow}
        />
        {canBeFor ? null : <p>{t('errors:TIE_ONE_FOR')}</p>}
        <WhyField {...field} label={t('room:tie.why')} />
      </ConfirmDialog>
    </div>
  );
}
