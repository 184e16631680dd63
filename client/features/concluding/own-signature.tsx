import { useId, useState } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import { guardChange, signatureOf } from '../../../core/domain/room/concluding.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import { Signed, type Signing } from '../../../core/domain/signing.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import form from '../../ui/form.module.css';
import styles from './concluding.module.css';

interface OwnSignatureProps {
  readonly signing: Signing;
  readonly who: Who;
}

/** My own word about the text: confirmed, or with a reservation; it may be changed until the text is adopted. */
export function OwnSignature({ signing, who }: OwnSignatureProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [isReserving, setReserving] = useState(false);
  const mine = who.kind === 'participant' ? signatureOf(signing, who.id) : undefined;
  const { sha256 } = signing.text;
  const isPlain = mine !== undefined && mine.reservation === null;
  const mayChange = guardChange(mine).ok;
  return (
    <div className={styles.own}>
      <p className={styles.ask}>
        {mine === undefined
          ? t('room:concluding.ask')
          : t(isPlain ? 'room:concluding.mySigned' : 'room:concluding.myReserved')}
      </p>
      {mine === undefined ? <p className={styles.note}>{t('room:concluding.askHint')}</p> : null}
      {mayChange ? null : <p className={styles.note}>{t('room:concluding.changesUsed')}</p>}
      <div className={styles.acts}>
        {mine === undefined ? (
          <ActButton kind="main" onAct={() => tell(send('signOutcome', { body: { sha256 } }))}>
            {t('room:concluding.sign')}
          </ActButton>
        ) : null}
        {mine === undefined || isPlain ? null : <TakeBack sha256={sha256} mayChange={mayChange} />}
        <Button disabled={!mayChange} onClick={() => setReserving(true)}>
          {t(mine === undefined || isPlain ? 'room:concluding.reserve' : 'room:concluding.rewrite')}
        </Button>
      </div>
      <Dialog
        isOpen={isReserving}
        onClose={() => setReserving(false)}
        title={t('room:concluding.reserve')}
        width="middle"
        closeLabel={t('room:questions.cancel')}
        asks="ifTyped"
      >
        <ReservationForm sha256={sha256} first={mine?.reservation ?? ''} onDone={() => setReserving(false)} />
      </Dialog>
    </div>
  );
}

interface TakeBackProps {
  readonly sha256: string;
  readonly mayChange: boolean;
}

/** Words that somebody wrote do not go with one tap. */
function TakeBack({ sha256, mayChange }: TakeBackProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button disabled={!mayChange} onClick={() => setAsking(true)}>
        {t('room:concluding.takeBack')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('room:concluding.takeBackTitle')}
        act={t('room:concluding.takeBack')}
        onConfirm={async () => {
          if (await tell(send('signOutcome', { body: { sha256 } }))) setAsking(false);
        }}
        onClose={() => setAsking(false)}
      >
        {t('room:concluding.takeBackText')}
      </ConfirmDialog>
    </>
  );
}

interface ReservationFormProps {
  readonly sha256: string;
  readonly first: string;
  readonly onDone: () => void;
}

function ReservationForm({ sha256, first, onDone }: ReservationFormProps) {
  const t = useText();
  const id = useId();
  const send = useSend();
  const tell = useTell();
  const [words, setWords] = useState(first);
  const [isBusy, setBusy] = useState(false);
  const signed = Signed.required().safeParse({ sha256, reservation: words });
  const submit = async () => {
    if (!signed.success || isBusy) return;
    setBusy(true);
    if (await tell(send('signOutcome', { body: signed.data }))) onDone();
    setBusy(false);
  };
  return (
    <form
      className={form.form}
      noValidate
      aria-label={t('room:concluding.reserve')}
      onSubmit={(event) => {
        event.preventDefault();
        // -- a refusal is told by useTell.
        void submit();
      }}
    >
      <div className={form.field}>
        <label htmlFor={`${id}-words`}>{t('room:concluding.reservation')}</label>
        <textarea
          id={`${id}-words`}
          className={form.control}
          dir="auto"
          rows={4}
          maxLength={LIMITS.reservationLength}
          value={words}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setWords(event.target.value)}
        />
        <p id={`${id}-hint`} className={form.hint}>
          {t('room:concluding.reservationHint')}
        </p>
      </div>
      <div className={form.acts}>
        <Button kind="main" type="submit" disabled={!signed.success} isBusy={isBusy}>
          {t('room:concluding.signReserved')}
        </Button>
      </div>
    </form>
  );
}
