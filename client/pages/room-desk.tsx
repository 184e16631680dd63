import { concludingActs } from '../features/concluding/concluding-acts.tsx';
import { CourseActs, CourseBar } from '../features/course/course-bar.tsx';
import { HostBar } from '../features/host/host-bar.tsx';
import { LobbyButton } from '../features/lobby/lobby-button.tsx';
import { ModerationActs } from '../features/moderation/moderation-acts.tsx';
import { ScreenRemote } from '../features/projection/screen-remote.tsx';
import { useGiveFloor } from './give-floor-in.tsx';
import type { RoomLayoutProps } from './use-room-view.ts';

/** What those who lead a session do next, each act one press away. */
export function RoomDesk({ view, onLinks }: RoomLayoutProps) {
  const { room, who, office, nameOf, clockOffsetMs } = view;
  const giveFloor = useGiveFloor(view);
  const course = { room, who, office, clockOffsetMs };
  return (
    <>
      <HostBar
        {...{ room, who, office, clockOffsetMs, nameOf, giveFloor, onLinks }}
        conclude={concludingActs({ room, who, nameOf })}
        more={
          <>
            <LobbyButton {...{ room, who, nameOf }} />
            <ScreenRemote room={room} who={who} />
            <ModerationActs room={room} who={who} />
            <CourseActs {...course} />
          </>
        }
      />
      <CourseBar {...course} />
    </>
  );
}
