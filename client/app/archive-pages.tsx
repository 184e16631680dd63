import type { SessionId } from '../../core/domain/ids.ts';
import { Queries } from '../lib/queries.tsx';
import { ArchivePage } from '../pages/archive.tsx';
import { ReplayPage } from '../pages/replay.tsx';

interface ArchiveDeskProps {
  readonly sessionId: SessionId;
}

export function ArchiveDesk({ sessionId }: ArchiveDeskProps) {
  return (
    <Queries>
      <ArchivePage sessionId={sessionId} />
    </Queries>
  );
}

export function ReplayDesk({ sessionId }: ArchiveDeskProps) {
  return (
    <Queries>
      <ReplayPage sessionId={sessionId} />
    </Queries>
  );
}
