import { useEffect } from 'react';
import { PollCall } from '../features/polls/poll-call.tsx';
import { useText } from '../lib/i18n.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ComposerSide } from './room-later.tsx';
import { maySpeakEver } from './room-unsent.tsx';
import styles from './room.module.css';
import type { RoomView } from './use-room-view.ts';

interface ComposeSheetProps {
  readonly view: RoomView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onPolls: () => void;
  readonly onSent: () => void;
}

/** Writing on a phone: the whole screen, so that the keyboard covers nothing that is needed. */
export function ComposeSheet({ view, isOpen, onClose, onPolls, onSent }: ComposeSheetProps) {
  const t = useText();
  const isReply = view.seat?.role === 'department' && view.draft.mode === 'reply';
  return (
    <Dialog
      // When the session closes the sheet goes; what was written stands below the stream, to be copied.
      isOpen={isOpen && maySpeakEver(view)}
      width="full"
      onClose={onClose}
      title={isReply ? t('room:reply.label') : t('room:composer.label')}
      closeLabel={t('room:composer.close')}
      className={styles.sheet}
      bodyClassName={styles.sheetBody}
    >
      <VisibleHeight />
      {/* A poll that opens now says so above the words, and covers none of them. */}
      <PollCall room={view.room} me={view.me} onGo={onPolls} />
      {/* While the sheet goes it is empty: the words it held stand on the page behind it. */}
      {maySpeakEver(view) ? (
        <ComposerSide
          view={view}
          onSent={() => {
            onClose();
            onSent();
          }}
        />
      ) : null}
    </Dialog>
  );
}

/** Tells CSS how high the part of the page is that the keyboard leaves free. */
function VisibleHeight() {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (viewport === null || viewport === undefined) return undefined;
    const tell = () =>
      document.documentElement.style.setProperty('--visible-height', `${Math.round(viewport.height)}px`);
    tell();
    viewport.addEventListener('resize', tell);
    return () => {
      viewport.removeEventListener('resize', tell);
      document.documentElement.style.removeProperty('--visible-height');
    };
  }, []);
  return null;
}
