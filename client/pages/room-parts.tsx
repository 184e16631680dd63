import { lazy, Suspense, useCallback } from 'react';
import { guardAct } from '../../core/domain/room/guards.ts';
import type { View } from '../../core/domain/views.ts';
import { Composer } from '../features/views/composer.tsx';
import { toggleAnswered } from '../features/views/draft.ts';
import { StreamPanel } from '../features/views/stream-panel.tsx';
import { useSend } from '../room/use-room.ts';
import { Loading } from '../ui/states.tsx';
import type { RoomView } from './use-room-view.ts';

// The editor is the heaviest part: it comes when somebody looks at the text.
const OutcomePanel = lazy(async () => ({
  default: (await import('../features/outcome/outcome-panel.tsx')).OutcomePanel,
}));

interface RoomPartProps {
  readonly view: RoomView;
}

interface RoomStreamProps extends RoomPartProps {
  /** The composer has been given something to answer: show it. */
  readonly onCompose: () => void;
}

/** The stream, wired to the composer's draft. */
export function RoomStream({ view, onCompose }: RoomStreamProps) {
  const { room, me, nameOf, rights, setDraft } = view;
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
    <StreamPanel
      room={room}
      me={me}
      nameOf={nameOf}
      mayAnswer={rights.viewRefusal === null}
      mayRespond={rights.replyRefusal === null}
      onAnswer={onAnswer}
      onRespond={onRespond}
      pending={view.pending}
      isOffline={view.isOffline}
      onRetry={view.retry}
      onEdit={(said) => {
        view.edit(said);
        onCompose();
      }}
      onDiscard={view.discard}
    />
  );
}

interface RoomComposerProps extends RoomPartProps {
  readonly onSent?: () => void;
}

/** The composer; nothing for those who only read, and nothing once the session is archived. */
export function RoomComposer({ view, onSent }: RoomComposerProps) {
  const send = useSend();
  const { room, seat, rights, draft, setDraft, isChair, nameOf } = view;
  if (!maySpeakEver(view)) return null;
  return (
    <Composer
      draft={draft}
      onDraft={setDraft}
      rights={rights}
      isChair={isChair}
      isDepartment={seat?.role === 'department'}
      views={room.views}
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

/** Whether this person's role speaks at all, apart from the state of the session. */
export function maySpeakEver({ room, who }: Pick<RoomView, 'room' | 'who'>): boolean {
  return room.state !== 'archived' && guardAct(room, who, 'view:post').ok;
}

/** The shared text, loaded when it is looked at. */
export function RoomOutcome({ view }: RoomPartProps) {
  const { room, who, seat, nameOf } = view;
  if (room.plan === null) return null;
  return (
    <Suspense fallback={<Loading />}>
      <OutcomePanel
        documentId={room.plan.documentId}
        canWrite={guardAct(room, who, 'text:write').ok}
        canRead={guardAct(room, who, 'text:read').ok}
        me={seat === undefined ? null : { id: seat.id, name: nameOf(seat.id), role: seat.role }}
        closed={room.state === 'archived'}
      />
    </Suspense>
  );
}
