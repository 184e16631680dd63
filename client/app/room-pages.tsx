import type { SessionId } from '../../core/domain/ids.ts';
import { RoomPage } from '../pages/room.tsx';
import { ScreenPage } from '../pages/screen.tsx';
import { Desk } from './desk.tsx';

interface SessionDeskProps {
  readonly sessionId: SessionId;
}

export function RoomDesk({ sessionId }: SessionDeskProps) {
  return (
    <Desk>
      <RoomPage sessionId={sessionId} />
    </Desk>
  );
}

export function ScreenDesk({ sessionId }: SessionDeskProps) {
  return (
    <Desk>
      <ScreenPage sessionId={sessionId} />
    </Desk>
  );
}
