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
  readonly view: Enclosed & { readonly id: ViewId; readonly text: string };
}

/** What goes with the words of a view: the place that it is about, and its pictures, small, each opened large. */
export function ViewPictures({ sessionId, view }: ViewPicturesProps) {
  const t = useText();
  const [open, setOpen] = useState<number | null>(null);
  const { pictures = [], place = '' } = view;
  const count = pictures.length;
  if (count === 0 && place === '') return null;
  const step = (by: number) => setOpen((at) => (at === null ? null : (at + by + count) % count));
  const onKeys = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowRight') step(1);
    if (key === 'ArrowLeft') step(-1);
  };
  const shown = open === null ? undefined : pictures[open];
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
              <Thumb
                address={`${addressIn(picture)}?size=small`}
                name={t('room:pictures.open', { number: index + 1, alt: altOf(picture) })}
                onOpen={() => setOpen(index)}
              />
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
              alt={altOf(shown)}
            />
            <p dir="auto">{shown.alt}</p>
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

  function addressIn({ id }: ViewPicture): string {
    return addressOf(pictureRoutes.openPicture, { sessionId, viewId: view.id, fileId: id });
  }

  /** What its author says is to be seen; else what was said with it, which tells more than nothing. */
  function altOf({ alt }: ViewPicture): string {
    return alt === '' ? t('room:pictures.noAlt', { text: view.text.slice(0, ALT_FROM_WORDS) }) : alt;
  }
}

/** So many characters of the words stand for a picture that nobody described. */
const ALT_FROM_WORDS = 30;

interface ThumbProps {
  readonly address: string;
  readonly name: string;
  readonly onOpen: () => void;
}

/** A small picture to be opened; one that is kept no more says so in its place. */
function Thumb({ address, name, onOpen }: ThumbProps) {
  const t = useText();
  const [isGone, setGone] = useState(false);
  if (isGone) return <span className={styles.gone}>{t('room:pictures.notShown')}</span>;
  return (
    <button type="button" className={styles.thumb} aria-haspopup="dialog" aria-label={name} onClick={onOpen}>
      <img src={address} alt="" width={96} height={96} loading="lazy" onError={() => setGone(true)} />
    </button>
  );
}

/** The pictures of a view in a row, for a wall: nobody opens anything there. */
export function WallPictures({
  sessionId,
  view,
  className,
}: ViewPicturesProps & { readonly className: string | undefined }) {
  const t = useText();
  const { pictures = [] } = view;
  if (pictures.length === 0) return null;
  return (
    <div className={className}>
      {pictures.map(({ id, alt, width, height }) => (
        <img
          key={id}
          src={addressOf(pictureRoutes.openPicture, { sessionId, viewId: view.id, fileId: id })}
          width={width}
          height={height}
          alt={alt === '' ? t('room:pictures.noAlt', { text: view.text.slice(0, ALT_FROM_WORDS) }) : alt}
        />
      ))}
    </div>
  );
}
