import { lazy, Suspense, useEffect, useState } from 'react';
import type { SessionId } from '../../core/domain/ids.ts';
import { actingAs } from '../../core/domain/room/acting.ts';
import { guardAct } from '../../core/domain/room/guards.ts';
import type { Room } from '../../core/domain/room/state.ts';
import type { ScreenScene } from '../../core/domain/screen.ts';
import { ItemTimer } from '../features/agenda/item-timer.tsx';
import { newestResult, shownScene } from '../features/projection/scene.ts';
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
import { ShownScene } from './screen-scenes.tsx';
import styles from './screen.module.css';
import { useRoomView } from './use-room-view.ts';

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

/** What the buttons at the wall stand for; auto follows the host, and the room where the host chose nothing. */
const SCENES: Readonly<Record<Choice, ScreenScene | null>> = {
  auto: null,
  code: 'code',
  agenda: 'agenda',
  views: 'views',
  result: 'poll',
};

/** The wall of a hall: follows the room by itself, or shows what the host chose. */
function OpenScreen() {
  const t = useText();
  const view = useRoomView();
  const [chosen, setChosen] = useState<{ readonly choice: Choice; readonly screen: Room['screen'] } | null>(
    null,
  );
  const { room, who, office, sessionId, clockOffsetMs } = view;
  const nowMs = useServerNow(clockOffsetMs);
  const { links } = useLinks(
    sessionId,
    guardAct(room, actingAs(room, { who, office }, 'link:manage'), 'link:manage').ok,
  );
  const link = linkToProject(links.data?.links ?? [], nowMs);
  const item = room.agenda.find(({ id }) => id === room.currentItemId);
  // What somebody chose at the wall itself stands until the host chooses another scene.
  const choice = chosen?.screen === room.screen ? (chosen?.choice ?? 'auto') : 'auto';
  const scene = shownScene(room, SCENES[choice] ?? room.screen ?? 'auto', nowMs);
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
          ) : (
            <ShownScene scene={scene} view={view} />
          )}
        </Suspense>
      </main>
      <ScreenBar
        sessionId={sessionId}
        choice={choice}
        onChoice={(next) => setChosen({ choice: next, screen: room.screen })}
        hasResult={newestResult(room) !== null}
      />
    </div>
  );
}
