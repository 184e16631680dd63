import type { LocalId, SessionId } from '../../core/domain/ids.ts';
import { Queries } from '../lib/queries.tsx';
import { CheckInScreen } from '../pages/check-in-screen.tsx';
import { ScreenPage } from '../pages/screen.tsx';

interface ScreenDeskProps {
  readonly sessionId: SessionId;
}

export function ScreenDesk({ sessionId }: ScreenDeskProps) {
  return (
    <Queries>
      <ScreenPage sessionId={sessionId} />
    </Queries>
  );
}

export function CheckInDesk({ sessionId, venueId }: ScreenDeskProps & { readonly venueId: LocalId }) {
  return (
    <Queries>
      <CheckInScreen sessionId={sessionId} venueId={venueId} />
    </Queries>
  );
}
