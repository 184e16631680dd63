import type { SessionId } from '../../core/domain/ids.ts';
import { Queries } from '../lib/queries.tsx';
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
