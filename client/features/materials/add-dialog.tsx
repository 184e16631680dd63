import { useEffect, useRef, useState } from 'react';
import { materialRoutes } from '../../../core/contract/materials.ts';
import { FileId, type SessionId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { MaterialDraft } from '../../../core/domain/materials.ts';
import { newId } from '../../lib/api.ts';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { formatNumber } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { upload } from '../../lib/upload.ts';
import { useSend } from '../../room/use-room.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ACCEPTED, titleOf } from './file-words.ts';
import styles from './materials.module.css';

interface AddDialogProps {
  readonly sessionId: SessionId;
  readonly onClose: () => void;
}

/** A file, what it is called, and how far it has come; what is wrong with it stands beside it. */
export function AddDialog({ sessionId, onClose }: AddDialogProps) {
  const t = useText();
  const send = useSend();
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState('');
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<string | null>(null);
  // The same file under the same id is sent once, however often somebody tries.
  const id = useRef(newId());
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setError(chosen === null ? null : tooLarge(chosen));
    id.current = newId();
    if (chosen !== null && title === '') setTitle(titleOf(chosen.name));
  };
  const named = MaterialDraft.shape.title.safeParse(title);
  const isReady = file !== null && named.success && share === null && tooLarge(file) === null;
  const add = async () => {
    if (file === null || !named.success) return;
    abort.current = new AbortController();
    setShare(0);
    setError(null);
    try {
      const params = { sessionId, fileId: FileId.parse(id.current) };
      const { signal } = abort.current;
      const kept = await upload(materialRoutes.sendMaterial, { params, file, signal, onProgress: setShare });
      const sent = await send('addMaterial', { body: { ...kept.file, title: named.data } });
      if (sent.ok) return onClose();
      setError(reasonText(t, sent.reason, sent.details));
    } catch (thrown) {
      if (abort.current.signal.aborted) return;
      const { reason, details } = asApiError(thrown);
      setError(reasonText(t, reason, details));
    }
    setShare(null);
  };
  return (
    <Dialog
      isOpen
      title={t('room:materials.add')}
      onClose={onClose}
      closeLabel={t('room:materials.cancel')}
      asks={share === null ? 'ifTyped' : 'always'}
    >
      <div className={styles.form}>
        <Field
          label={t('room:materials.file')}
          hint={t('room:materials.fileHint', { size: LIMITS.materialBytes / 1024 / 1024 })}
          error={error ?? undefined}
          type="file"
          accept={ACCEPTED}
          disabled={share !== null}
          onChange={(event) => choose(event.target.files?.[0] ?? null)}
        />
        <Field
          label={t('room:materials.title')}
          value={title}
          maxLength={LIMITS.titleLength}
          disabled={share !== null}
          onChange={(event) => setTitle(event.target.value)}
        />
        <p className={styles.secret}>{t('room:materials.noSecrets')}</p>
        {share === null ? null : (
          <div className={styles.progress}>
            <progress max={1} value={share} aria-label={t('room:materials.sending')} />
            <span>
              {share < 1
                ? t('room:materials.sent', { share: formatNumber(Math.floor(share * 100)) })
                : t('room:materials.checking')}
            </span>
          </div>
        )}
        <Button
          kind="main"
          disabled={!isReady && share === null}
          isBusy={share !== null}
          onClick={() => void add()}
        >
          {t('room:materials.send')}
        </Button>
      </div>
    </Dialog>
  );

  function tooLarge({ size }: File): string | null {
    if (size === 0) return reasonText(t, 'FILE_EMPTY');
    return size > LIMITS.materialBytes ? reasonText(t, 'FILE_TOO_LARGE') : null;
  }
}
