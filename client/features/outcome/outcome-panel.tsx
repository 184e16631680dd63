import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { DocumentId } from '../../../core/domain/ids.ts';
import { TEXT_FRAGMENT } from '../../../core/domain/outcome.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { SaveState } from '../../lib/collab.ts';
import type { OpenDocument } from '../../lib/left-texts.ts';
import { currentText, useText, type TextKey } from '../../lib/i18n.ts';
import { loadMe, useMe } from '../../lib/me.ts';
import { notify } from '../../ui/notices.tsx';
import { Plain } from '../../ui/plain.tsx';
import { Loading } from '../../ui/states.tsx';
import { EditorsList } from './editors-list.tsx';
import type { CitedRoom } from './evidence.ts';
import { ForeignText } from './foreign-text.tsx';
import { findForeign } from './foreign.ts';
import styles from './outcome-panel.module.css';
import { SaveLight } from './save-light.tsx';
import { TextNotice } from './text-notice.tsx';
import { TextSurface, type TextAuthor } from './text-surface.tsx';
import {
  useHasEarlierUnread,
  useIsKept,
  useIsLong,
  useIsReady,
  useOpenText,
  useSaveState,
} from './use-open-text.ts';

type OutcomePanelProps = {
  readonly documentId: DocumentId;
  /** What the room believes; the server asks again at every edit. */
  readonly canWrite: boolean;
  readonly canRead: boolean;
  /** My seat; null for the office, which only reads. */
  readonly me: TextAuthor | null;
  /** Nobody writes now: the session is archived, or the text is laid before people to be confirmed. */
  readonly locked: 'sealed' | 'confirming' | null;
  /** The room that the text speaks of, and how people are called in it. */
  readonly room: Room;
  readonly nameOf: (id: string) => string;
  /** Shown to a hall: without what only helps those who write or check it. */
  readonly isWall: boolean;
};

/** The shared text: written together, read along, and always saying whether it is saved. */
export function OutcomePanel(props: OutcomePanelProps): ReactNode {
  const { documentId, canWrite, canRead, me, locked, room, nameOf, isWall } = props;
  const t = useText();
  const identity = useMe();
  const personId = identity.kind === 'person' ? identity.me.personId : null;
  const opened = useOpenText(documentId, canRead ? personId : null);
  const state = useSaveState(opened);
  const isReady = useIsReady(opened, state);
  useMergedNotice(state);
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
  const closed = locked !== null;
  const author = canWrite && !closed ? me : null;
  return (
    <section className={styles.panel} aria-label={t('text:title')}>
      <StatusLine state={state} opened={opened} isAuthor={author !== null} me={me} closed={closed} />
      {closed ? (
        <p className={styles.notice}>{t(locked === 'sealed' ? 'text:closed' : 'text:confirming')}</p>
      ) : null}
      {opened === null || !isReady ? (
        <Loading lines={8} />
      ) : (
        <OpenedText
          key={opened.doc.guid}
          opened={opened}
          state={state}
          author={author}
          mayHaveWritten={canWrite || !opened.text.isSafe()}
          cited={{ documentId, room, nameOf, isWall }}
        />
      )}
    </section>
  );
}

/** Back from a time without a line: what was written on both sides is one text now, which somebody should read. */
function useMergedNotice(state: SaveState): void {
  const edits = useRef(0);
  useEffect(() => {
    if (state.kind === 'offline') edits.current = state.edits;
    if (state.kind !== 'saved' || edits.current === 0) return;
    notify('good', currentText()('text:merged', { count: edits.current }));
    edits.current = 0;
  }, [state]);
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
  const isKept = useIsKept(opened);
  return (
    <div className={styles.status}>
      {isAuthor ? null : (
        <p className={styles.reading}>
          <strong>{t('text:reading')}</strong> {closed ? null : <span>{t('text:readingHint')}</span>}
        </p>
      )}
      <SaveLight state={lightOf(state, opened?.text, isAuthor)} isKept={isKept} />
      {opened === null || closed ? null : (
        <EditorsList awareness={opened.text.awareness} myId={me?.id ?? null} />
      )}
    </div>
  );
}

/** Whoever only reads has nothing that could be saved; what could not be saved before they became a reader is told. */
function lightOf(state: SaveState, text: OpenDocument['text'] | undefined, isAuthor: boolean): SaveState {
  const ended = text?.ended() ?? null;
  // A full text is read only for words that come: what stands there is saved, and may be shortened.
  if (isAuthor) return state.kind === 'readOnly' && isFullIn(state) ? { kind: 'saved' } : state;
  if (state.kind === 'saved') return { kind: 'readOnly', reason: 'TEXT_LOCKED' };
  if (state.kind === 'unsaved' && text?.isSafe() === false) return state;
  return ended === null ? state : { kind: 'readOnly', reason: ended };
}

/** What somebody should know of the text while they go on writing. */
function MildNotice({ text }: { readonly text: TextKey }): ReactNode {
  const t = useText();
  return (
    <p className={styles.notice} role="status">
      {t(text)}
    </p>
  );
}

function isFullIn(state: SaveState): boolean {
  return (state.kind === 'readOnly' || state.kind === 'unsaved') && state.reason === 'TEXT_FULL';
}

type OpenedTextProps = {
  readonly opened: OpenDocument;
  readonly state: SaveState;
  readonly author: TextAuthor | null;
  /** Whether edits of mine may be on their way, although the text was sealed since, or my role changed. */
  readonly mayHaveWritten: boolean;
  readonly cited: CitedRoom;
};

function OpenedText({ opened, state, author, mayHaveWritten, cited }: OpenedTextProps): ReactNode {
  const { doc, text } = opened;
  const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
  const [foreign, setForeign] = useState(() => findForeign(fragment));
  const isLong = useIsLong(doc);
  const hasEarlierUnread = useHasEarlierUnread(opened);
  const ended = text.ended();
  const isFull = isFullIn(state);
  const isOpen = (state.kind !== 'readOnly' || isFull) && ended === null;
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
      {hasEarlierUnread ? (
        <MildNotice text={isOpen && author !== null ? 'text:earlierUnread' : 'text:earlierUnreadReading'} />
      ) : null}
      {isLong && isOpen && author !== null && !isFull ? <MildNotice text="text:long" /> : null}
      {foreign === null ? (
        <TextSurface
          // An editor is bound to who writes in it: a reader who becomes a writer gets another one.
          key={author === null ? 'reader' : `${author.id}:${author.name}:${author.role}`}
          opened={opened}
          author={author}
          isOpen={isOpen}
          isFull={isFull}
          onForeign={setForeign}
          cited={cited}
        />
      ) : (
        <ForeignText fragment={fragment} />
      )}
    </>
  );
}
