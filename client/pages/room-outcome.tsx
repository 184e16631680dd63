import { isOver } from '../../core/domain/sessions.ts';
import { useMemo } from 'react';
import { guardAct } from '../../core/domain/room/guards.ts';
import { SigningPanel } from '../features/concluding/signing-panel.tsx';
import { part } from '../ui/part.tsx';
import type { RoomPartProps } from './use-room-view.ts';

// The editor is the heaviest part: it comes when somebody looks at the text.
const OutcomePanel = part(async () => (await import('../features/outcome/outcome-panel.tsx')).OutcomePanel, {
  of: 'asker',
  waiting: 'lines',
});

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
    <>
      <SigningPanel room={room} who={who} nameOf={nameOf} />
      <OutcomePanel
        documentId={room.plan.documentId}
        canWrite={!isReading && guardAct(room, who, 'text:write').ok}
        canRead={guardAct(room, who, 'text:read').ok}
        {...{ me, room, nameOf }}
        isWall={isReading}
        locked={isOver(room.state) ? 'sealed' : room.state === 'confirming' ? 'confirming' : null}
      />
    </>
  );
}
