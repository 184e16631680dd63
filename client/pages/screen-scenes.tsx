import { currentTurn } from '../../core/domain/room/state.ts';
import type { Poll } from '../../core/domain/polls/poll.ts';
import { AgendaScene } from '../features/agenda/agenda-scene.tsx';
import { stateSaid } from '../features/course/state-words.tsx';
import { SpeakingTime } from '../features/floor/speaking-time.tsx';
import { PollScene } from '../features/polls/poll-scene.tsx';
import { RollScene } from '../features/projection/roll-scene.tsx';
import type { Scene } from '../features/projection/scene.ts';
import { SpeakerScene } from '../features/projection/speaker-scene.tsx';
import { SpotlightScene } from '../features/projection/spotlight-scene.tsx';
import { TalkScene } from '../features/projection/talk-scene.tsx';
import { TextScene } from '../features/projection/text-scene.tsx';
import { VenueLight } from '../features/roll/venue-light.tsx';
import { useText } from '../lib/i18n.ts';
import { aboutSaid } from '../room/polls/about-words.ts';
import { RoomOutcome } from './room-outcome.tsx';
import styles from './screen.module.css';
import type { RoomView } from './use-room-view.ts';

interface ShownSceneProps {
  readonly scene: Exclude<Scene, { kind: 'welcome' }>;
  readonly view: RoomView;
}

/** What the wall shows under its head. */
export function ShownScene({ scene, view }: ShownSceneProps) {
  const { room, nameOf, clockOffsetMs, sessionId } = view;
  const turn = currentTurn(room);
  const t = useText();
  const aboutOf = ({ draft: { about } }: Poll) => (about === null ? '' : aboutSaid(t, room, about, nameOf));
  const time = turn === undefined ? null : <SpeakingTime turn={turn} clockOffsetMs={clockOffsetMs} />;
  switch (scene.kind) {
    case 'voting':
    case 'result':
      return <PollScene poll={scene.poll} {...{ sessionId, nameOf }} about={aboutOf(scene.poll)} />;
    case 'closed':
      return <ClosedScene view={view} />;
    case 'agenda':
      return <AgendaScene room={room} clockOffsetMs={clockOffsetMs} />;
    case 'speaker':
      return <SpeakerScene {...{ room, nameOf, time }} light={VenueLight} />;
    case 'spotlight':
      return <SpotlightScene {...{ room, nameOf }} viewId={scene.viewId} />;
    case 'roll':
      return <RollScene room={room} light={VenueLight} />;
    case 'text':
      return (
        <TextScene>
          <RoomOutcome view={view} isReading />
        </TextScene>
      );
    case 'talk':
      return <TalkScene {...{ room, nameOf, time }} />;
  }
}

function ClosedScene({ view: { room } }: { readonly view: RoomView }) {
  const t = useText();
  return (
    <div className={styles.closed}>
      <p className={styles.closedTitle}>
        {room.state === 'archived' ? t('room:screen.closed') : stateSaid(t, room)}
      </p>
      <p>{t('room:screen.thanks')}</p>
    </div>
  );
}
