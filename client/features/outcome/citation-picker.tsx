import { useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { CITED_KINDS, citedKey, type Cited, type CitedKind } from '../../../core/domain/citation.ts';
import { materialsOf } from '../../../core/domain/room/materials.ts';
import { questionsOf } from '../../../core/domain/room/questions.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import type { CitedWords } from '../../room/cited-words.ts';
import { useRoomStore } from '../../room/use-room.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './evidence.module.css';

type CitationPickerProps = {
  readonly room: Room;
  readonly wordsOf: (cited: Cited) => CitedWords;
  readonly onPick: (cited: Cited) => void;
  readonly onClose: () => void;
};

type Choice = { readonly cited: Cited; readonly said: CitedWords; readonly isMarked: boolean };

/** As many as one looks through; words narrow it down. */
const MOST = 60;

/** What can be cited: marked key points first, then the newest; found by words, chosen with the arrows and Enter. */
export function CitationPicker({ room, wordsOf, onPick, onClose }: CitationPickerProps): ReactNode {
  const t = useText();
  const list = useId();
  const store = useRoomStore();
  const [words, setWords] = useState('');
  const [kind, setKind] = useState<CitedKind | null>(null);
  const [at, setAt] = useState(0);
  const all = useMemo(() => choicesIn(room, wordsOf), [room, wordsOf]);
  const wanted = words.trim().toLowerCase();
  const found = all.filter(
    ({ cited, said }) =>
      (kind === null || cited.kind === kind) && (wanted === '' || said.title.toLowerCase().includes(wanted)),
  );
  const shown = found.slice(0, MOST);
  const current = Math.min(at, shown.length - 1);
  const optionId = (index: number): string => `${list}-${index}`;
  const move = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const chosen = shown[current];
    if (event.key === 'Enter' && chosen !== undefined) {
      event.preventDefault();
      onPick(chosen.cited);
    }
    const next = { ArrowDown: current + 1, ArrowUp: current - 1 }[event.key];
    if (next === undefined || shown.length === 0) return;
    event.preventDefault();
    const to = (next + shown.length) % shown.length;
    setAt(to);
    document.getElementById(optionId(to))?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <Dialog
      isOpen
      title={t('room:evidence.pick')}
      width="middle"
      closeLabel={t('room:evidence.cancel')}
      onClose={onClose}
    >
      <Field
        label={t('room:evidence.search')}
        type="search"
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={shown.length === 0 ? undefined : optionId(current)}
        value={words}
        onKeyDown={move}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
      />
      <div className={styles.kinds} role="group" aria-label={t('room:evidence.kinds')}>
        {[null, ...CITED_KINDS].map((one) => (
          <button
            key={one ?? 'all'}
            type="button"
            className={styles.kind}
            aria-pressed={kind === one}
            onClick={() => {
              setKind(one);
              setAt(0);
            }}
          >
            {one === null ? t('room:evidence.all') : t(`room:evidence.kind.${one}`)}
          </button>
        ))}
      </div>
      <p role="status" className={styles.count}>
        {found.length > MOST
          ? t('room:evidence.foundMany', { count: found.length, most: MOST })
          : t('room:evidence.found', { count: found.length })}
      </p>
      <ul id={list} role="listbox" aria-label={t('room:evidence.pick')} className={styles.choices}>
        {shown.map(({ cited, said, isMarked }, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- reason: the keys are the field's, as in every combobox
          <li
            key={citedKey(cited)}
            id={optionId(index)}
            role="option"
            aria-selected={index === current}
            className={styles.choice}
            onClick={() => onPick(cited)}
          >
            <span className={styles.head} dir="auto">
              {isMarked ? '★ ' : ''}
              {said.head}
            </span>
            <span className={styles.words} dir="auto">
              {said.words}
            </span>
          </li>
        ))}
      </ul>
      {room.earlier === undefined ? null : (
        // -- loadEarlier answers with its failure; pressing again tries again.
        <Button isSmall onClick={() => void store.loadEarlier(null)}>
          {t('room:evidence.more')}
        </Button>
      )}
    </Dialog>
  );
}

/** Only what can be read and counts is offered. */
function choicesIn(room: Room, wordsOf: (cited: Cited) => CitedWords): readonly Choice[] {
  const views = room.views.map(({ id, keyPoint, seq }) => ({
    cited: { kind: 'view' as const, id },
    isMarked: keyPoint !== undefined,
    seq,
  }));
  const replies = room.replies.map(({ id, seq }) => ({
    cited: { kind: 'reply' as const, id },
    isMarked: false,
    seq,
  }));
  const said = [...views, ...replies].sort(
    (one, other) => Number(other.isMarked) - Number(one.isMarked) || other.seq - one.seq,
  );
  const beside = [
    ...room.polls.map(({ draft }) => ({ kind: 'poll' as const, id: draft.id })),
    ...questionsOf(room).map(({ id }) => ({ kind: 'question' as const, id })),
    ...materialsOf(room).map(({ id }) => ({ kind: 'material' as const, id })),
  ].map((cited) => ({ cited, isMarked: false }));
  const marked = said.filter(({ isMarked }) => isMarked);
  const others = said.filter(({ isMarked }) => !isMarked);
  return [
    ...marked,
    ...beside.filter(({ cited }) => cited.kind === 'poll'),
    ...others,
    ...beside.filter(({ cited }) => cited.kind !== 'poll'),
  ]
    .map(({ cited, isMarked }) => ({ cited, isMarked, said: wordsOf(cited) }))
    .filter((choice) => choice.said.gone === null);
}
