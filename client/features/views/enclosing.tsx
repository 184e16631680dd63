import { useEffect, useRef, useState, type ChangeEvent } from 'react';
import { pictureRoutes } from '../../../core/contract/pictures.ts';
import { FileId, type ViewId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { ViewPicture } from '../../../core/domain/pictures.ts';
import { newId } from '../../lib/api.ts';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { shrinkPicture } from '../../lib/shrink-picture.ts';
import { addressOf, upload } from '../../lib/upload.ts';
import { useRoomStore } from '../../room/use-room.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './enclosing.module.css';

// What was sent by this page is shown from what it has; after a reload there is only that it was sent.
const previews = new Map<string, string>();

export interface EnclosingProps {
  readonly pictures: readonly ViewPicture[];
  readonly place: string;
  /** The refused view that is corrected: its pictures can be asked for. */
  readonly insteadOf: ViewId | null;
  readonly onPictures: (change: (before: readonly ViewPicture[]) => ViewPicture[]) => void;
  readonly onPlace: (place: string) => void;
  /** A picture is on its way: the words wait for it. */
  readonly onBusy: (isBusy: boolean) => void;
}

/** Pictures and a place to go with the words; all of it optional, so it takes one line until it is wanted. */
export function Enclosing(props: EnclosingProps) {
  const { pictures, place, insteadOf, onPictures, onPlace, onBusy } = props;
  const t = useText();
  const { sessionId } = useRoomStore();
  const [coming, setComing] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const [isPlacing, setPlacing] = useState(place !== '');
  const picker = useRef<HTMLInputElement>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const send = async (file: File, signal: AbortSignal) => {
    const small = await shrinkPicture(file);
    if (small.size > LIMITS.pictureBytes) throw new Error('too large');
    const params = { sessionId, fileId: FileId.parse(newId()) };
    const { picture } = await upload(pictureRoutes.sendPicture, { params, file: small, signal });
    previews.set(picture.id, URL.createObjectURL(small));
    onPictures((before) => [...before, { ...picture, alt: '' }].slice(0, LIMITS.picturesPerView));
  };
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const left = LIMITS.picturesPerView - pictures.length;
    const all = [...(target.files ?? [])];
    const files = all.slice(0, left);
    // The same file may be chosen again.
    target.value = '';
    setError(all.length > left ? t('room:pictures.most', { max: LIMITS.picturesPerView }) : null);
    abort.current = new AbortController();
    const { signal } = abort.current;
    onBusy(true);
    for (const [index, file] of files.entries()) {
      setComing(files.length - index);
      try {
        await send(file, signal);
      } catch (thrown) {
        if (signal.aborted) break;
        const { reason, details } = asApiError(thrown);
        setError(reasonText(t, reason === 'UNEXPECTED' ? 'FILE_TOO_LARGE' : reason, details));
      }
    }
    setComing(0);
    onBusy(false);
  };
  const change = (id: string, alt: string) =>
    onPictures((before) => before.map((one) => (one.id === id ? { ...one, alt } : one)));
  return (
    <div className={styles.enclosing}>
      {pictures.length === 0 ? null : (
        <ul role="list" className={styles.pictures}>
          {pictures.map(({ id, alt }, index) => (
            <li key={id}>
              <Preview address={previewOf(id)} />
              <Field
                label={t('room:pictures.alt', { number: index + 1 })}
                value={alt}
                maxLength={LIMITS.altLength}
                placeholder={t('room:pictures.altHint')}
                onChange={(event) => change(id, event.target.value)}
              />
              <Button
                isSmall
                kind="quiet"
                aria-label={t('room:pictures.removeOf', { number: index + 1 })}
                onClick={() => onPictures((before) => before.filter((one) => one.id !== id))}
              >
                {t('room:pictures.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {isPlacing ? (
        <Field
          label={t('room:pictures.place')}
          value={place}
          maxLength={LIMITS.placeLength}
          placeholder={t('room:pictures.placeHint')}
          onChange={(event) => onPlace(event.target.value)}
        />
      ) : null}
      <div className={styles.acts}>
        <input
          ref={picker}
          type="file"
          accept="image/*"
          multiple
          hidden
          aria-label={t('room:pictures.choose')}
          onChange={(event) => void choose(event)} // -- what goes wrong is said below
        />
        <Button
          isSmall
          kind="quiet"
          isBusy={coming > 0}
          disabled={pictures.length >= LIMITS.picturesPerView && coming === 0}
          onClick={() => picker.current?.click()}
        >
          {t('room:pictures.add', { count: pictures.length, max: LIMITS.picturesPerView })}
        </Button>
        {isPlacing ? null : (
          <Button isSmall kind="quiet" onClick={() => setPlacing(true)}>
            {t('room:pictures.addPlace')}
          </Button>
        )}
        <span role="status" className={styles.note}>
          {coming > 0 ? t('room:pictures.coming', { count: coming }) : ''}
        </span>
      </div>
      {error === null ? null : (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );

  function previewOf(id: FileId): string | null {
    const kept = previews.get(id);
    if (kept !== undefined || insteadOf === null) return kept ?? null;
    return `${addressOf(pictureRoutes.openPicture, { sessionId, viewId: insteadOf, fileId: id })}?size=small`;
  }
}

function Preview({ address }: { readonly address: string | null }) {
  return address === null ? (
    <span className={styles.preview} aria-hidden="true">
      ▣
    </span>
  ) : (
    <img className={styles.preview} src={address} alt="" />
  );
}
