import { useState, type ReactNode } from 'react';
import type { Reason } from '../../../core/domain/refusals.ts';
import type { SaveState } from '../../lib/collab.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText, type TextKey, type Translate } from '../../lib/i18n.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import styles from './outcome-panel.module.css';
import { nextSaid, NOTHING_SAID } from './said-aloud.ts';

const ICONS: Readonly<Record<SaveState['kind'], string>> = {
  connecting: 'M5 12h.01M12 12h.01M19 12h.01',
  saved: 'M5 12.500l4.500 4.500L19 7.500',
  saving: 'M12 19V6M6 11l6-6 6 6',
  earlierUnread: 'M4 6h16v12H4zM9 12h6',
  unsaved: 'M12 4L2.500 20h19zM12 10v4.500M12 17.300v.100',
  offline: 'M4 4l16 16M7 18h9M4.500 14.500A4 4 0 0 1 8 9M12 7a5 5 0 0 1 5 4 3.500 3.500 0 0 1 2.500 5.500',
  readOnly: 'M6 11h12v8H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
};

type SaveLightProps = {
  readonly state: SaveState;
  /** Whether this device keeps what is not saved yet. */
  readonly isKept: boolean;
};

/** Is what I wrote safe? An icon and a word; said aloud when it is not, and when it is again. */
export function SaveLight({ state, isKept }: SaveLightProps): ReactNode {
  const t = useText();
  const [said, setSaid] = useState(NOTHING_SAID);
  const saying = nextSaid(said, state);
  if (saying !== said) setSaid(saying);
  return (
    <>
      <span className={styles.light} data-save={state.kind} role="group" aria-label={t('text:save.name')}>
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <path d={ICONS[state.kind]} />
        </svg>
        {wordsOf(t, state, isKept)}
      </span>
      <VisuallyHidden>
        <span role="status">{saying.state === null ? null : wordsOf(t, saying.state, isKept)}</span>
      </VisuallyHidden>
    </>
  );
}

function wordsOf(t: Translate, state: SaveState, isKept: boolean): string {
  switch (state.kind) {
    case 'unsaved':
      return t('text:save.unsaved', {
        reason:
          state.reason === 'STORAGE_AWAY' && !isKept ? t('text:save.awayHold') : inBrackets(t, state.reason),
      });
    case 'offline': {
      const head =
        state.reason === undefined
          ? t('text:save.offline')
          : t('text:save.offlineWhy', { reason: inBrackets(t, state.reason, OFFLINE_SHORT) });
      if (state.edits === 0) return head;
      return `${head} · ${t(isKept ? 'text:save.editsKept' : 'text:save.editsHold', { count: state.edits })}`;
    }
    default:
      return t(`text:save.${state.kind}`);
  }
}

/** Why, in a few words where a notice beside the text says the rest; a sentence goes without its full stop. */
function inBrackets(t: Translate, reason: Reason, words: Words = SHORT): string {
  const short = words[reason];
  return short === undefined ? reasonText(t, reason).replace(/[。.]$/, '') : t(short);
}

type Words = Partial<Readonly<Record<Reason, TextKey>>>;
const SHORT: Words = {
  MALFORMED: 'text:save.malformed',
  UPDATE_TOO_LARGE: 'text:save.tooLarge',
  TEXT_FULL: 'text:save.full',
  TEXT_RESET: 'text:save.reset',
};
/** What is kept, and what to do, is said behind it. */
const OFFLINE_SHORT: Words = { ...SHORT, STORAGE_AWAY: 'text:save.away' };
