import type { SessionId } from '../../core/domain/ids.ts';
import { ArchivePage } from '../pages/archive.tsx';
import { Desk } from './desk.tsx';

interface ArchiveDeskProps {
  readonly sessionId: SessionId;
}

export function ArchiveDesk({ sessionId }: ArchiveDeskProps) {
  return (
    <Desk>
      <ArchivePage sessionId={sessionId} />
    </Desk>
  );
}
