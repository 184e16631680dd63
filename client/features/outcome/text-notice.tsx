import type { ReactNode } from 'react';
import type * as Y from 'yjs';
import { REASONS, type Reason } from '../../../core/domain/refusals.ts';
import type { SaveState } from '../../lib/collab.ts';
import { isPassing, reasonText } from '../../lib/errors.ts';
import { useText, type TextKey } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { notify } from '../../ui/notices.tsx';
import styles from './outcome-panel.module.css';
import { wordsIn } from './words-in.ts';

type TextNoticeProps = {
  readonly state: SaveState;
  /** Why the server closed the text for good; null while it may come back. */
  readonly ended: Reason | null;
  readonly fragment: Y.XmlFragment;
  /** Readers are not told why they read. */
  readonly isAuthor: boolean;
  /** Whether edits of this person may be on their way, although the text was sealed since, or their role changed. */
  readonly mayHaveWritten: boolean;
  readonly onDiscard: () => Promise<void>;
};

/** Why, and what to do about it, in the words of somebody who writes; the others are said as everywhere. */
const SAID: Partial<Readonly<Record<Reason, TextKey>>> = {
  MALFORMED: 'text:lost.malformed',
  UPDATE_TOO_LARGE: 'text:lost.tooLarge',
  TEXT_RESET: 'text:lost.reset',
  ROLE_MAY_NOT: 'text:lost.noRight',
  TEXT_LOCKED: 'text:lost.locked',
};
/** For somebody who wrote nothing a new start mends these. */
const MENDED: ReadonlySet<Reason> = new Set<Reason>(['MALFORMED', 'UPDATE_TOO_LARGE', 'TEXT_RESET']);

/** What a writer has to know and can do when the server does not take what they write. */
export function TextNotice(props: TextNoticeProps): ReactNode {
  const { state, ended, fragment, mayHaveWritten, onDiscard } = props;
  const t = useText();
  const reason = ended ?? reasonToTell(props);
  if (reason === null) return null;
  const isStuck = mayHaveWritten && state.kind === 'unsaved';
  const said = isStuck ? SAID[reason] : undefined;
  // A newer page saves what this one wrote.
  const reloads = reason === 'CLIENT_OUTDATED' || (!isStuck && MENDED.has(reason));
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(wordsIn(fragment));
      notify('good', t('text:lost.copied'));
    } catch {
      notify('bad', t('text:lost.notCopied'));
    }
  };
  const discard = async (): Promise<void> => {
    await onDiscard();
    window.location.reload();
  };
  return (
    <div className={styles.notice} role="alert">
      <p>{said === undefined ? reasonText(t, reason) : t(said)}</p>
      {isStuck || reloads ? (
        <div className={styles.noticeActs}>
          {isStuck ? (
            // copy tells its own failure
            <Button isSmall onClick={() => void copy()}>
              {t('text:lost.copy')}
            </Button>
          ) : null}
          {reloads ? (
            <Button isSmall onClick={() => window.location.reload()}>
              {t('text:foreign.reload')}
            </Button>
          ) : (
            // without a copy on this device there is nothing to forget, and the page loads anew all the same
            <Button isSmall onClick={() => void discard()}>
              {t('text:lost.discard')}
            </Button>
          )}
        </div>
      ) : null}
    </div>
  );
}

function reasonToTell({ state, isAuthor, mayHaveWritten }: TextNoticeProps): Reason | null {
  if (state.kind === 'readOnly') return isAuthor ? state.reason : null;
  // What passes is told by the light alone; what does not needs a person.
  return state.kind === 'unsaved' && mayHaveWritten && !isPassing(REASONS[state.reason])
    ? state.reason
    : null;
}
