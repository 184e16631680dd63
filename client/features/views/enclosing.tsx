import { useEffect, useRef, useState, type ChangeEvent } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { ViewPicture } from '../../../core/domain/pictures.ts';
import { REASONS } from '../../../core/domain/refusals.ts';
import { reasonText, type ClientReason } from '../../lib/errors.ts';
import { formatNumber } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useMedia } from '../../ui/use-media.ts';
import styles from './enclosing.module.css';
import type { Coming } from './picture-sending.ts';
import type { DraftPictures } from './use-pictures.ts';

export interface EnclosingProps {
  readonly pictures: readonly ViewPicture[];
  readonly place: string;
  /** What of the pictures is not in the draft yet, or not there any more. */
  readonly held: DraftPictures;
  readonly onPictures: (pictures: ViewPicture[]) => void;
  readonly onPlace: (place: string) => void;
}

/** Pictures and a place to go with the words; all of it optional, so it takes one line until it is wanted. */
export function Enclosing({ pictures, place, held, onPictures, onPlace }: EnclosingProps) {
  const t = useText();
  const [said, setSaid] = useState('');
  const [isPlacing, setPlacing] = useState(place !== '');
  const acts = useRef<HTMLDivElement>(null);
  const most = LIMITS.picturesPerView;
  const coming = held.coming.filter(({ id }) => !pictures.some((one) => one.id === id));
  const left = most - pictures.length - coming.length;
  const choose = (files: readonly File[]) => {
    setSaid(files.length > left ? t('room:pictures.most', { max: most }) : '');
    held.add(files.slice(0, left));
  };
  const onTheirWay = coming.filter(({ state }) => state.kind !== 'failed').length;
  const told = onTheirWay > 0 ? t('room:pictures.coming', { count: onTheirWay }) : said;
  const [removals, setRemovals] = useState(0);
  const taken = (words: string) => {
    setSaid(words);
    setRemovals(removals + 1);
  };
  // Whatever is taken away, the focus goes to where another is added.
  useEffect(() => {
    if (removals > 0) acts.current?.querySelector('button')?.focus();
  }, [removals]);
  return (
    <div className={styles.enclosing}>
      {pictures.length + coming.length === 0 ? null : (
        <ul role="list" className={styles.pictures}>
          {pictures.map((picture, index) => (
            <li key={picture.id}>
              <Preview address={held.previewOf(picture.id)} />
              <Field
                label={t('room:pictures.alt', { number: index + 1 })}
                value={picture.alt}
                maxLength={LIMITS.altLength}
                placeholder={t('room:pictures.altHint')}
                error={held.gone.has(picture.id) ? t('room:pictures.gone') : undefined}
                onChange={({ target }) =>
                  onPictures(
                    pictures.map((one) => (one.id === picture.id ? { ...one, alt: target.value } : one)),
                  )
                }
              />
              <Button
                isSmall
                kind="quiet"
                aria-label={t('room:pictures.removeOf', { number: index + 1 })}
                onClick={() => {
                  onPictures(pictures.filter((one) => one.id !== picture.id));
                  taken(t('room:pictures.removed'));
                }}
              >
                {t('room:pictures.remove')}
              </Button>
            </li>
          ))}
          {coming.map((one, index) => (
            <ComingRow
              key={one.id}
              one={one}
              number={pictures.length + index + 1}
              held={held}
              onDropped={() =>
                taken(t(one.state.kind === 'failed' ? 'room:pictures.removed' : 'room:pictures.calledOff'))
              }
            />
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
      <div className={styles.acts} ref={acts}>
        <Pickers count={pictures.length + coming.length} isFull={left <= 0} onFiles={choose} />
        {isPlacing ? null : (
          <Button isSmall kind="quiet" onClick={() => setPlacing(true)}>
            {t('room:pictures.addPlace')}
          </Button>
        )}
      </div>
      {held.lost === 0 ? null : (
        <p className={styles.error} role="alert">
          {t('room:pictures.lost', { count: held.lost })}
        </p>
      )}
      <p role="status" className={styles.note}>
        {told === '' && pictures.length > 0 ? t('room:pictures.added', { count: pictures.length }) : told}
      </p>
    </div>
  );
}

interface PickersProps {
  readonly count: number;
  readonly isFull: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** From what the device has; on a device that is held in the hand also straight from its camera. */
function Pickers({ count, isFull, onFiles }: PickersProps) {
  const t = useText();
  const picker = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const hasCamera = useMedia('(pointer: coarse)');
  const take = ({ target }: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(target.files ?? [])]);
    // The same file may be chosen again.
    target.value = '';
  };
  const shared = { type: 'file', accept: 'image/*', hidden: true, onChange: take } as const;
  return (
    <>
      <input ref={picker} {...shared} multiple aria-label={t('room:pictures.choose')} />
      <Button isSmall kind="quiet" disabled={isFull} onClick={() => picker.current?.click()}>
        {t('room:pictures.add', { count, max: LIMITS.picturesPerView })}
      </Button>
      {hasCamera ? (
        <>
          <input ref={camera} {...shared} capture="environment" aria-label={t('room:pictures.take')} />
          <Button isSmall kind="quiet" disabled={isFull} onClick={() => camera.current?.click()}>
            {t('room:pictures.take')}
          </Button>
        </>
      ) : null}
    </>
  );
}

interface ComingRowProps {
  readonly one: Coming;
  readonly number: number;
  readonly held: DraftPictures;
  readonly onDropped: () => void;
}

/** A picture on its way: how far it has come, or what is wrong and what can be done. */
function ComingRow({ one: { id, state }, number, held, onDropped }: ComingRowProps) {
  const t = useText();
  const hasFailed = state.kind === 'failed';
  const drop = () => {
    held.drop(id);
    onDropped();
  };
  return (
    <li className={styles.coming}>
      <Preview address={held.previewOf(id)} />
      <div className={styles.way}>
        <p className={hasFailed ? styles.error : styles.note} role={hasFailed ? 'alert' : undefined}>
          {wordsOf()}
        </p>
        {state.kind === 'sending' ? (
          <progress max={1} value={state.share} aria-label={t('room:pictures.progress', { number })} />
        ) : null}
      </div>
      <div className={styles.acts}>
        {hasFailed && !isItsFault(state.reason) ? (
          <Button isSmall onClick={() => held.retry(id)}>
            {t('room:pictures.retry')}
          </Button>
        ) : null}
        <Button isSmall kind="quiet" onClick={drop}>
          {t(hasFailed ? 'room:pictures.remove' : 'room:pictures.callOff')}
        </Button>
      </div>
    </li>
  );

  function wordsOf(): string {
    switch (state.kind) {
      case 'failed': {
        const isNone = state.reason === 'FILE_KIND_UNKNOWN';
        const why = isNone ? t('room:pictures.noPicture') : reasonText(t, state.reason, state.details);
        return t('room:pictures.failed', { number, reason: why });
      }
      case 'resting':
        return t('room:pictures.resting', { number });
      case 'sending':
        return state.share < 1
          ? t('room:pictures.sending', { number, share: formatNumber(Math.floor(state.share * 100)) })
          : t('room:pictures.checking', { number });
      default:
        return t('room:pictures.waiting', { number });
    }
  }
}

/** Whether the file itself is why it was not taken: it would not be the next time either. */
function isItsFault(reason: ClientReason): boolean {
  if (reason === 'OFFLINE') return false;
  return REASONS[reason] === 'INVALID' || reason === 'FILE_TOO_LARGE' || reason === 'PICTURE_TOO_LARGE';
}

function Preview({ address }: { readonly address: string | null }) {
  // Some browsers cannot draw what a camera wrote; the server may.
  const [isUnknown, setUnknown] = useState(false);
  return address === null || isUnknown ? (
    <span className={styles.preview} aria-hidden="true">
      ▣
    </span>
  ) : (
    <img className={styles.preview} src={address} alt="" onError={() => setUnknown(true)} />
  );
}
