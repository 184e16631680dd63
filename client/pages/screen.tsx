import { lazy, Suspense, useEffect, useState } from 'react';
import type { SessionId } from '../../core/domain/ids.ts';
import { guardAct } from '../../core/domain/room/guards.ts';
import { currentTurn, type Room } from '../../core/domain/room/state.ts';
import { AgendaScene } from '../features/agenda/agenda-scene.tsx';
import { ItemTimer } from '../features/agenda/item-timer.tsx';
import { stateSaid } from '../features/course/state-words.tsx';
import { SpeakingTime } from '../features/floor/speaking-time.tsx';
import { PollScene } from '../features/polls/poll-scene.tsx';
import { newestResult, sceneOf, type Scene } from '../features/projection/scene.ts';
import { TalkScene } from '../features/projection/talk-scene.tsx';
import { linkToProject, useLinks } from '../features/projection/use-links.ts';
import { useServerNow } from '../lib/clock.ts';
import { useText } from '../lib/i18n.ts';
import { loadMe } from '../lib/me.ts';
import { RoomProvider, useRoom, useRoomState, useRoomStore } from '../room/use-room.ts';
import { useTitle } from '../ui/page-frame.tsx';
import { Loading } from '../ui/states.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RoomCut, RoomFailed } from './room-closed-door.tsx';
import { ScreenBar, type Choice } from './screen-bar.tsx';
import styles from './screen.module.css';
import { useRoomView, type RoomView } from './use-room-view.ts';

// Drawing codes needs a library of its own; the room next door does without it.
const WelcomeScene = lazy(async () => ({
  default: (await import('../features/projection/welcome-scene.tsx')).WelcomeScene,
}));

interface ScreenPageProps {
  readonly sessionId: SessionId;
}

export function ScreenPage({ sessionId }: ScreenPageProps) {
  const store = useRoom(sessionId);
  useEffect(() => {
    // -- loadMe never rejects: a failure is an identity too.
    void loadMe();
  }, []);
  return (
    <RoomProvider store={store}>
      <ScreenDoor />
    </RoomProvider>
  );
}

function ScreenDoor() {
  const store = useRoomStore();
  const phase = useRoomState((state) => state.phase);
  const error = useRoomState((state) => state.error);
  const cut = useRoomState((state) => state.cut);
  if (phase === 'failed' && error !== null) return <RoomFailed error={error} onRetry={store.reload} />;
  if (phase !== 'ready') return <Loading isPage />;
  return cut === null ? <OpenScreen /> : <RoomCut error={cut} />;
}

/** The wall of a hall: follows the room by itself, or shows what the host chose. */
function OpenScreen() {
  const t = useText();
  const view = useRoomView();
  const [choice, setChoice] = useState<Choice>('auto');
  const { room, who, sessionId, clockOffsetMs } = view;
  const nowMs = useServerNow(clockOffsetMs);
  const { links } = useLinks(sessionId, guardAct(room, who, 'link:manage').ok);
  const link = linkToProject(links.data?.links ?? [], nowMs);
  const item = room.agenda.find(({ id }) => id === room.currentItemId);
  const scene = chosenScene(room, choice, nowMs);
  useTitle(t('room:screen.title', { title: room.plan?.title ?? '' }));
  return (
    <div className={styles.screen} data-scene={scene.kind}>
      {scene.kind === 'welcome' ? null : (
        <header className={styles.head}>
          <h1 className={styles.title} dir="auto">
            {room.plan?.title}
          </h1>
          <StateBadge state={room.state} />
          {item === undefined ? null : (
            <p className={styles.item}>
              <span dir="auto">{item.title}</span> <ItemTimer item={item} clockOffsetMs={clockOffsetMs} />
            </p>
          )}
        </header>
      )}
      <main className={styles.main}>
        <Suspense fallback={<Loading />}>
          {scene.kind === 'welcome' ? (
            <WelcomeScene room={room} link={link} />
          ) : choice === 'agenda' ? (
            <AgendaScene room={room} clockOffsetMs={clockOffsetMs} />
          ) : (
            <Shown scene={scene} view={view} />
          )}
        </Suspense>
      </main>
      <ScreenBar
        sessionId={sessionId}
        choice={choice}
        onChoice={setChoice}
        hasResult={newestResult(room) !== null}
      />
    </div>
  );
}

interface ShownProps {
  readonly scene: Scene;
  readonly view: RoomView;
}

function Shown({ scene, view }: ShownProps) {
  const t = useText();
  const { room, nameOf, clockOffsetMs } = view;
  const turn = currentTurn(room);
  switch (scene.kind) {
    case 'voting':
    case 'result':
      return <PollScene poll={scene.poll} nameOf={nameOf} />;
    case 'closed':
      return (
        <div className={styles.closed}>
          <p className={styles.closedTitle}>
            {room.state === 'archived' ? t('room:screen.closed') : stateSaid(t, room)}
          </p>
          <p>{t('room:screen.thanks')}</p>
        </div>
      );
    default:
      return (
        <TalkScene
          room={room}
          nameOf={nameOf}
          time={turn === undefined ? null : <SpeakingTime turn={turn} clockOffsetMs={clockOffsetMs} />}
        />
      );
  }
}

function chosenScene(room: Room, choice: Choice, nowMs: number): Scene {
  const result = newestResult(room);
  if (choice === 'code') return { kind: 'welcome' };
  if (choice === 'views' || choice === 'agenda') return { kind: 'talk' };
  if (choice === 'result' && result !== null) return { kind: 'result', poll: result };
  return sceneOf(room, nowMs);
}
