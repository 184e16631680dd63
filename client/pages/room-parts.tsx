import { hasEnded, isOver } from '../../core/domain/sessions.ts';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { guardAct } from '../../core/domain/room/guards.ts';
import { departmentsOf } from '../../core/domain/room/questions.ts';
import type { View } from '../../core/domain/views.ts';
import { CurateView } from '../features/curating/curate-view.tsx';
import { SpotlightPanel } from '../features/curating/spotlight-panel.tsx';
import { MyModerationPanel } from '../features/moderation/my-panel.tsx';
import { QueuePanel } from '../features/moderation/queue-panel.tsx';
import { ModerateView } from '../features/moderation/view-acts.tsx';
import { QuestionsOfView } from '../features/questions/questions-of-view.tsx';
import { SigningPanel } from '../features/concluding/signing-panel.tsx';
import { Composer } from '../features/views/composer.tsx';
import { EMPTY_DRAFT, toggleAnswered } from '../features/views/draft.ts';
import { UnsentWords } from '../features/views/unsent-words.tsx';
import { wouldOverwrite, type PendingSaid } from '../features/views/pending.ts';
import { StreamPanel } from '../features/views/stream-panel.tsx';
import { useText } from '../lib/i18n.ts';
import { unitOf } from '../room/fate.ts';
import { useSend } from '../room/use-room.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Loading } from '../ui/states.tsx';
import type { RoomView } from './use-room-view.ts';

// The editor is the heaviest part: it comes when somebody looks at the text.
const OutcomePanel = lazy(async () => ({
  default: (await import('../features/outcome/outcome-panel.tsx')).OutcomePanel,
}));

/** What stands below a view beside its own: what was merged with it, what was asked about it, and its moderation. */
function BelowView({ view }: { readonly view: View }) {
  return (
    <>
      <CurateView view={view} />
      <QuestionsOfView view={view} />
      <ModerateView view={view} />
    </>
  );
}

interface RoomPartProps {
  readonly view: RoomView;
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

interface RoomComposerProps extends RoomPartProps {
  readonly onSent?: () => void;
}

/** The composer; nothing for those who only read, and once the session is archived only what was not sent. */
export function RoomComposer({ view, onSent }: RoomComposerProps) {
  const t = useText();
  const send = useSend();
  const { room, me, seat, rights, draft, setDraft, isChair, nameOf } = view;
  const departments = useMemo(
    () =>
      departmentsOf({ participants: room.participants })
        .filter(({ seats }) => !seats.some(({ id }) => id === me))
        .map(({ to }) => ({ to, name: unitOf(t, room, to) })),
    [t, room, me],
  );
  if (!maySpeakEver(view)) return <RoomUnsent view={view} />;
  return (
    <Composer
      draft={draft}
      pictures={view.pictures}
      onDraft={setDraft}
      isKept={view.isDraftKept}
      rights={rights}
      isChair={isChair}
      isDepartment={seat?.role === 'department'}
      views={room.views}
      departments={departments}
      nameOf={nameOf}
      onView={(body) => {
        // -- the letter in the outbox shows how it fares.
        void send('postView', { body });
        onSent?.();
      }}
      onReply={(body) => {
        void send('postReply', { body });
        onSent?.();
      }}
    />
  );
}

/** What somebody was still writing when the session closed. */
export function RoomUnsent({ view }: RoomPartProps) {
  if (!hasEnded(view.room.state)) return null;
  return <UnsentWords draft={view.draft} onDone={() => view.setDraft(EMPTY_DRAFT)} />;
}

/** Whether this person's role speaks at all, apart from the state of the session. */
export function maySpeakEver({ room, who }: Pick<RoomView, 'room' | 'who'>): boolean {
  return !hasEnded(room.state) && guardAct(room, who, 'view:post').ok;
}

/** The shared text, loaded when it is looked at. */
export function RoomOutcome({ view, isReading = false }: RoomPartProps & { readonly isReading?: boolean }) {
  const { room, who, seat, nameOf } = view;
  const { id, role } = seat ?? {};
  const name = id === undefined ? '' : nameOf(id);
  // The same person is the same object: with another one the text would take their caret away and show it anew.
  const me = useMemo(
    () => (id === undefined || role === undefined ? null : { id, name, role }),
    [id, name, role],
  );
  if (room.plan === null) return null;
  return (
    <Suspense fallback={<Loading />}>
      <SigningPanel room={room} who={who} nameOf={nameOf} />
      <OutcomePanel
        documentId={room.plan.documentId}
        canWrite={!isReading && guardAct(room, who, 'text:write').ok}
        canRead={guardAct(room, who, 'text:read').ok}
        me={me}
        locked={isOver(room.state) ? 'sealed' : room.state === 'confirming' ? 'confirming' : null}
      />
    </Suspense>
  );
}

/** What is kept from the room, for those whom it concerns: its author, and whoever moderates. */
export function RoomModeration({ view, onCompose }: RoomStreamProps) {
  const { room, clockOffsetMs, nameOf, correct } = view;
  return (
    <>
      <MyModerationPanel
        {...{ room, clockOffsetMs }}
        overwrites={view.overwrites}
        onCorrect={(one) => {
          correct(one);
          onCompose();
        }}
      />
      <QueuePanel {...{ room, clockOffsetMs, nameOf }} />
    </>
  );
}
