import { useState, type KeyboardEvent } from 'react';
import { pictureRoutes } from '../../core/contract/pictures.ts';
import type { SessionId, ViewId } from '../../core/domain/ids.ts';
import type { Enclosed, ViewPicture } from '../../core/domain/pictures.ts';
import { useText } from '../lib/i18n.ts';
import { addressOf } from '../lib/upload.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import styles from './view-pictures.module.css';

interface ViewPicturesProps {
  readonly sessionId: SessionId;
  readonly view: Enclosed & { readonly id: ViewId };
}

/** What goes with the words of a view: the place that it is about, and its pictures, small, each opened large. */
export function ViewPictures({ sessionId, view }: ViewPicturesProps) {
  const t = useText();
  const [open, setOpen] = useState<number | null>(null);
  const { pictures = [], place = '' } = view;
  const count = pictures.length;
  if (count === 0 && place === '') return null;
  const addressIn = ({ id }: ViewPicture) =>
    addressOf(pictureRoutes.openPicture, { sessionId, viewId: view.id, fileId: id });
  const shown = open === null ? undefined : pictures[open];
  const step = (by: number) => setOpen((at) => (at === null ? null : (at + by + count) % count));
  const onKeys = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowRight') step(1);
    if (key === 'ArrowLeft') step(-1);
  };
  return (
    <div className={styles.enclosed}>
      {place === '' ? null : (
        <p className={styles.place} dir="auto">
          {t('room:pictures.about', { place })}
        </p>
      )}
      {count === 0 ? null : (
        <ul role="list" className={styles.thumbs}>
          {pictures.map((picture, index) => (
            <li key={picture.id}>
              <button
                type="button"
                className={styles.thumb}
                aria-haspopup="dialog"
                aria-label={nameOf(index, picture)}
                onClick={() => setOpen(index)}
              >
                <img src={`${addressIn(picture)}?size=small`} alt="" width={96} height={96} loading="lazy" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Dialog
        isOpen={shown !== undefined}
        title={t('room:pictures.title', { number: (open ?? 0) + 1, count })}
        width="wide"
        closeLabel={t('room:pictures.close')}
        onClose={() => setOpen(null)}
      >
        {shown === undefined ? null : (
          <div onKeyDown={onKeys}>
            <img
              className={styles.large}
              src={addressIn(shown)}
              width={shown.width}
              height={shown.height}
              alt={shown.alt === '' ? t('room:pictures.noAlt') : shown.alt}
            />
            {shown.alt === '' ? null : <p dir="auto">{shown.alt}</p>}
            {count < 2 ? null : (
              <div className={styles.steps}>
                <Button onClick={() => step(-1)}>{t('room:pictures.previous')}</Button>
                <Button onClick={() => step(1)}>{t('room:pictures.next')}</Button>
              </div>
            )}
          </div>
        )}
      </Dialog>
    </div>
  );

  function nameOf(index: number, { alt }: ViewPicture): string {
    const number = index + 1;
    return alt === '' ? t('room:pictures.open', { number }) : t('room:pictures.openAlt', { number, alt });
  }
}
