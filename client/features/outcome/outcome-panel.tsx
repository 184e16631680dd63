import { useEffect, useState, type ReactNode } from 'react';
import type { DocumentId } from '../../../core/domain/ids.ts';
import { TEXT_FRAGMENT } from '../../../core/domain/outcome.ts';
import type { Reason } from '../../../core/domain/refusals.ts';
import type { SaveState } from '../../lib/collab.ts';
import { useText } from '../../lib/i18n.ts';
import { loadMe, useMe } from '../../lib/me.ts';
import { Plain } from '../../ui/plain.tsx';
import { Loading } from '../../ui/states.tsx';
import { EditorsList } from './editors-list.tsx';
import { ForeignText } from './foreign-text.tsx';
import { findForeign } from './foreign.ts';
import styles from './outcome-panel.module.css';
import { SaveLight } from './save-light.tsx';
import { TextNotice } from './text-notice.tsx';
import { TextSurface, type TextAuthor } from './text-surface.tsx';
import { useIsReady, useOpenText, useSaveState, type OpenDocument } from './use-open-text.ts';

type OutcomePanelProps = {
  readonly documentId: DocumentId;
  /** What the room believes; the server asks again at every edit. */
  readonly canWrite: boolean;
  readonly canRead: boolean;
  /** My seat; null for the office, which only reads. */
  readonly me: TextAuthor | null;
  /** The session is archived: the text is sealed. */
  readonly closed: boolean;
};

/** The shared text: written together, read along, and always saying whether it is saved. */
export function OutcomePanel({ documentId, canWrite, canRead, me, closed }: OutcomePanelProps): ReactNode {
  const t = useText();
  const identity = useMe();
  const personId = identity.kind === 'person' ? identity.me.personId : null;
  const opened = useOpenText(documentId, canRead ? personId : null);
  const state = useSaveState(opened);
  const isReady = useIsReady(opened, state);
  useEffect(() => {
    // loadMe never rejects: a failure is an identity too.
    if (canRead && identity.kind === 'unknown') void loadMe();
  }, [canRead, identity.kind]);
  if (!canRead) {
    return (
      <Plain title={t('shell:state.forbidden')} mark="forbidden" isPanel>
        <p>{t('shell:state.forbiddenHint')}</p>
      </Plain>
    );
  }
  const author = canWrite && !closed ? me : null;
  return (
    <section className={styles.panel} aria-label={t('text:title')}>
      <StatusLine state={state} opened={opened} isAuthor={author !== null} me={me} closed={closed} />
      {closed ? <p className={styles.notice}>{t('text:closed')}</p> : null}
      {opened === null || !isReady ? (
        <Loading lines={8} />
      ) : (
        <OpenedText
          key={opened.doc.guid}
          opened={opened}
          state={state}
          author={author}
          mayHaveWritten={canWrite}
        />
      )}
    </section>
  );
}

type StatusLineProps = {
  readonly state: SaveState;
  readonly opened: OpenDocument | null;
  readonly isAuthor: boolean;
  readonly me: TextAuthor | null;
  readonly closed: boolean;
};

function StatusLine({ state, opened, isAuthor, me, closed }: StatusLineProps): ReactNode {
  const t = useText();
  return (
    <div className={styles.status}>
      {isAuthor ? null : (
        <p className={styles.reading}>
          <strong>{t('text:reading')}</strong> {closed ? null : <span>{t('text:readingHint')}</span>}
        </p>
      )}
      <SaveLight state={lightOf(state, { ended: opened?.text.ended() ?? null, isAuthor })} />
      {opened === null || closed ? null : (
        <EditorsList awareness={opened.text.awareness} myId={me?.id ?? null} />
      )}
    </div>
  );
}

/** Whoever only reads has nothing that could be saved; what could not be saved before they became a reader is told. */
function lightOf(
  state: SaveState,
  { ended, isAuthor }: { ended: Reason | null; isAuthor: boolean },
): SaveState {
  if (isAuthor) return state;
  if (state.kind === 'saved') return { kind: 'readOnly', reason: 'TEXT_LOCKED' };
  return ended === null ? state : { kind: 'readOnly', reason: ended };
}

type OpenedTextProps = {
  readonly opened: OpenDocument;
  readonly state: SaveState;
  readonly author: TextAuthor | null;
  /** Whether edits of mine may be on their way, although the text has been sealed since. */
  readonly mayHaveWritten: boolean;
};

function OpenedText({ opened, state, author, mayHaveWritten }: OpenedTextProps): ReactNode {
  const { doc, text } = opened;
  const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
  const [foreign, setForeign] = useState(() => findForeign(fragment));
  const ended = text.ended();
  const isOpen = state.kind !== 'readOnly' && ended === null;
  const notice = (
    <TextNotice
      state={state}
      ended={ended}
      fragment={fragment}
      isAuthor={author !== null}
      mayHaveWritten={mayHaveWritten}
      onDiscard={text.discard}
    />
  );
  // Refused before anything came: an empty page would say that the text is empty.
  if (ended !== null && fragment.length === 0) return notice;
  return (
    <>
      {notice}
      {foreign === null ? (
        <TextSurface
          // An editor is bound to who writes in it: a reader who becomes a writer gets another one.
          key={author === null ? 'reader' : `${author.id}:${author.name}:${author.role}`}
          doc={doc}
          awareness={text.awareness}
          author={author}
          isOpen={isOpen}
          onForeign={setForeign}
        />
      ) : (
        <ForeignText fragment={fragment} />
      )}
    </>
  );
}
