import { hasEnded } from '../../core/domain/sessions.ts';
import { AgendaList } from '../features/agenda/agenda-list.tsx';
import { FloorPanel } from '../features/floor/floor-panel.tsx';
import { MaterialsPanel } from '../features/materials/materials-panel.tsx';
import { MaterialsSheet } from '../features/materials/materials-sheet.tsx';
import { ModerationTally } from '../features/moderation/notes.tsx';
import { PollsPanel } from '../features/polls/polls-panel.tsx';
import { RollPanel } from '../features/roll/roll-panel.tsx';
import { VenueLight } from '../features/roll/venue-light.tsx';
import { TasksPanel } from '../features/tasks/tasks-panel.tsx';
import { useGiveFloor } from './give-floor-in.tsx';
import { RoomOutcome } from './room-outcome.tsx';
import type { RoomView } from './use-room-view.ts';

export { RoomComposer } from './room-composer.tsx';
export { SignCall } from '../features/concluding/sign-call.tsx';
export { AnswerBar } from '../features/invitations/answer-bar.tsx';
export { NotesButton } from '../features/notes/notes-button.tsx';
export { RoomAnnouncer } from './room-announcer.tsx';
export { MyModerationPanel } from '../features/moderation/my-panel.tsx';
export { RoomOutcome };

interface SideProps {
  readonly view: RoomView;
}

/** How the meeting stands: agenda, floor, roll; on a phone with the way to the materials. */
export function AgendaSide({ view, isWide }: SideProps & { readonly isWide: boolean }) {
  const { sessionId, room, who, office, nameOf, clockOffsetMs } = view;
  const giveFloor = useGiveFloor(view);
  return (
    <>
      {isWide ? null : <MaterialsSheet {...{ sessionId, room, who, nameOf }} />}
      <AgendaList room={room} who={who} clockOffsetMs={clockOffsetMs} />
      {hasEnded(room.state) ? null : (
        <FloorPanel {...{ room, who, clockOffsetMs, nameOf }} light={VenueLight} />
      )}
      <RollPanel {...{ room, who, office, nameOf, giveFloor }} />
      <ModerationTally room={room} />
    </>
  );
}

export function PollsSide({ view: { room, who, nameOf } }: SideProps) {
  return <PollsPanel room={room} who={who} nameOf={nameOf} />;
}

export function MaterialsSide({ view: { sessionId, room, who, nameOf } }: SideProps) {
  return <MaterialsPanel {...{ sessionId, room, who, nameOf }} />;
}

export function TasksSide({ view: { room, who } }: SideProps) {
  return <TasksPanel room={room} who={who} />;
}

/** What comes of the meeting, on a phone: the materials, the text, the tasks. */
export function TextSide({ view }: SideProps) {
  const { sessionId, room, who, nameOf } = view;
  return (
    <>
      <MaterialsSheet {...{ sessionId, room, who, nameOf }} />
      <RoomOutcome view={view} />
      <TasksPanel room={room} who={who} />
    </>
  );
}
