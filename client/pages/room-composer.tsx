import { useMemo } from 'react';
import { departmentsOf } from '../../core/domain/room/questions.ts';
import { Composer } from '../features/views/composer.tsx';
import { useText } from '../lib/i18n.ts';
import { unitOf } from '../room/fate.ts';
import { useRoomState, useSend } from '../room/use-room.ts';
import { maySpeakEver, RoomUnsent } from './room-unsent.tsx';
import type { RoomPartProps } from './use-room-view.ts';

interface RoomComposerProps extends RoomPartProps {
  readonly onSent?: () => void;
}

/** The composer; nothing for those who only read, and once the session is archived only what was not sent. */
export function RoomComposer({ view, onSent }: RoomComposerProps) {
  const t = useText();
  const send = useSend();
  const isOffline = useRoomState(({ connection }) => connection === 'offline');
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
      isOffline={isOffline}
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
