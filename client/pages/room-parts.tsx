import { useCallback, useState } from 'react';
import type { View } from '../../core/domain/views.ts';
import { CurateView } from '../features/curating/curate-view.tsx';
import { SpotlightPanel } from '../features/curating/spotlight-panel.tsx';
import { useMyModeration } from '../features/moderation/use-moderation.ts';
import { ModerateView } from '../features/moderation/view-acts.tsx';
import { PollAboutView } from '../features/polls/poll-about-view.tsx';
import { QuestionsOfView } from '../features/questions/questions-of-view.tsx';
import { toggleAnswered } from '../features/views/draft.ts';
import { wouldOverwrite, type PendingSaid } from '../features/views/pending.ts';
import { StreamPanel } from '../features/views/stream-panel.tsx';
import { useText } from '../lib/i18n.ts';
import { CitedBelow } from '../room/cited-below.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { MyModerationSide, QueueSide } from './room-later.tsx';
import type { RoomPartProps } from './use-room-view.ts';

/** What stands below a view beside its own: where it was adopted, what was merged with it, what was asked about it, and its moderation. */
function BelowView({ view }: { readonly view: View }) {
  return (
    <>
      <CitedBelow kind="view" id={view.id} />
      <PollAboutView view={view} />
      <CurateView view={view} />
      <QuestionsOfView view={view} />
      <ModerateView view={view} />
    </>
  );
}

interface RoomStreamProps extends RoomPartProps {
  /** The composer has been given something to answer: show it. */
  readonly onCompose: () => void;
}

/** The stream, wired to the composer's draft. */
export function RoomStream({ view, onCompose }: RoomStreamProps) {
  const t = useText();
  const { room, me, nameOf, rights, draft, setDraft } = view;
  const [asked, setAsked] = useState<PendingSaid | null>(null);
  const takeBack = (said: PendingSaid) => {
    setAsked(null);
    view.edit(said);
    onCompose();
  };
  const onAnswer = useCallback(
    (to: View) => {
      // A function, so that no card is drawn again because somebody types.
      setDraft((draft) => ({ ...draft, mode: 'view', replyTo: to.id }));
      onCompose();
    },
    [setDraft, onCompose],
  );
  const onRespond = useCallback(
    (viewId: View['id']) => {
      setDraft((draft) =>
        draft.toViews.includes(viewId) ? { ...draft, mode: 'reply' } : toggleAnswered(draft, viewId),
      );
      onCompose();
    },
    [setDraft, onCompose],
  );
  return (
    <>
      <SpotlightPanel />
      <StreamPanel
        room={room}
        me={me}
        nameOf={nameOf}
        clockOffsetMs={view.clockOffsetMs}
        mayAnswer={rights.viewRefusal === null}
        mayRespond={rights.replyRefusal === null}
        onAnswer={onAnswer}
        onRespond={onRespond}
        below={BelowView}
        pending={view.pending}
        isOffline={view.isOffline}
        onRetry={view.retry}
        onEdit={(said) => (wouldOverwrite(draft, said) ? setAsked(said) : takeBack(said))}
        onDiscard={view.discard}
      />
      <ConfirmDialog
        isOpen={asked !== null}
        title={t('room:pending.overwriteTitle')}
        act={t('room:pending.overwrite')}
        onConfirm={() => (asked === null ? undefined : takeBack(asked))}
        onClose={() => setAsked(null)}
      >
        {t('room:pending.overwriteText')}
      </ConfirmDialog>
    </>
  );
}

/** What is kept from the room, for those whom it concerns: its author, and whoever moderates. */
export function RoomModeration({ view, onCompose }: RoomStreamProps) {
  const { room, clockOffsetMs, nameOf, correct } = view;
  const { mine, answers, muted, queue } = useMyModeration();
  const hasOwn = mine.length + answers.length > 0 || muted !== null;
  return (
    <>
      {hasOwn ? (
        <MyModerationSide
          {...{ room, clockOffsetMs }}
          overwrites={view.overwrites}
          onCorrect={(one) => {
            correct(one);
            onCompose();
          }}
        />
      ) : null}
      {queue === null ? null : <QueueSide {...{ room, clockOffsetMs, nameOf }} />}
    </>
  );
}
