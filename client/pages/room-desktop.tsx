import { hasEnded } from '../../core/domain/sessions.ts';
import { useCallback, useRef, useState } from 'react';
import { concludingActs } from '../features/concluding/concluding-acts.tsx';
import { SignCall } from '../features/concluding/sign-call.tsx';
import { AgendaList } from '../features/agenda/agenda-list.tsx';
import { FloorPanel } from '../features/floor/floor-panel.tsx';
import { CourseActs, CourseBar } from '../features/course/course-bar.tsx';
import { AnswerBar } from '../features/invitations/answer-bar.tsx';
import { HostBar } from '../features/host/host-bar.tsx';
import { LobbyButton } from '../features/lobby/lobby-button.tsx';
import { MaterialsPanel } from '../features/materials/materials-panel.tsx';
import { ModerationActs } from '../features/moderation/moderation-acts.tsx';
import { ModerationTally } from '../features/moderation/notes.tsx';
import { PollCall } from '../features/polls/poll-call.tsx';
import { PollsPanel } from '../features/polls/polls-panel.tsx';
import { ScreenRemote } from '../features/projection/screen-remote.tsx';
import { WaitingPanel } from '../features/questions/waiting-panel.tsx';
import { RollPanel } from '../features/roll/roll-panel.tsx';
import { VenueLight } from '../features/roll/venue-light.tsx';
import { SignalBar } from '../features/signals/signal-bar.tsx';
import { TasksPanel } from '../features/tasks/tasks-panel.tsx';
import { useText } from '../lib/i18n.ts';
import { useGiveFloor } from './give-floor-in.tsx';
import { RoomBanner } from './room-banner.tsx';
import { RoomComposer, RoomModeration, RoomOutcome, RoomStream } from './room-parts.tsx';
import { Tabs, type Tab } from './room-tabs.tsx';
import { RoomTop } from './room-top.tsx';
import styles from './room.module.css';
import type { RoomView } from './use-room-view.ts';

export interface RoomLayoutProps {
  readonly view: RoomView;
  readonly onLinks: () => void;
}

type SideTab = 'outcome' | 'polls' | 'materials' | 'tasks';

/** Three columns: how the meeting stands, what is said, and what comes of it. */
export function RoomDesktop({ view, onLinks }: RoomLayoutProps) {
  const t = useText();
  const { sessionId, room, who, office, me, nameOf, clockOffsetMs } = view;
  const giveFloor = useGiveFloor(view);
  const course = { room, who, office, clockOffsetMs };
  const [tab, setTab] = useState<SideTab>('outcome');
  const middle = useRef<HTMLElement>(null);
  const compose = useCallback(() => {
    // The form may only now be drawn, e.g. when a department changes to its reply.
    requestAnimationFrame(() => middle.current?.querySelector('textarea')?.focus());
  }, []);
  const open = room.polls.filter((poll) => poll.phase === 'open').length;
  const tabs: readonly Tab<SideTab>[] = [
    { id: 'outcome', label: t('room:tabs.outcome') },
    {
      id: 'polls',
      label: t('room:tabs.polls'),
      badge: open > 0 ? { count: open, words: t('room:tabs.pollOpen') } : undefined,
    },
    { id: 'materials', label: t('room:tabs.materials') },
    { id: 'tasks', label: t('room:tabs.tasks') },
  ];
  return (
    <div className={styles.desktop}>
      <RoomTop view={view} isWide />
      <HostBar
        {...{ room, who, clockOffsetMs, nameOf, giveFloor, onLinks }}
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
      <RoomBanner view={view} />
      <AnswerBar room={room} seat={view.seat} nameOf={nameOf} />
      <div className={styles.columns}>
        <aside className={styles.left} aria-label={t('room:agenda.heading')}>
          <AgendaList room={room} who={who} clockOffsetMs={clockOffsetMs} />
          {hasEnded(room.state) ? null : (
            <FloorPanel {...{ room, who, clockOffsetMs, nameOf }} light={VenueLight} />
          )}
          <RollPanel {...{ room, who, nameOf, giveFloor }} />
          <ModerationTally room={room} />
        </aside>
        <main id="content" tabIndex={-1} className={styles.middle} ref={middle}>
          <WaitingPanel />
          <RoomModeration view={view} onCompose={compose} />
          <RoomStream view={view} onCompose={compose} />
          <SignalBar room={room} who={who} />
          <PollCall room={room} me={me} onGo={() => setTab('polls')} />
          {tab === 'outcome' ? null : <SignCall room={room} who={who} onGo={() => setTab('outcome')} />}
          <RoomComposer view={view} />
        </main>
        <aside className={styles.right} aria-label={t('room:tabs.label')}>
          <Tabs
            label={t('room:tabs.label')}
            tabs={tabs}
            current={tab}
            onChange={setTab}
            panel={sidePanel()}
          />
        </aside>
      </div>
    </div>
  );

  function sidePanel() {
    switch (tab) {
      case 'outcome':
        return <RoomOutcome view={view} />;
      case 'polls':
        return <PollsPanel room={room} who={who} nameOf={nameOf} />;
      case 'materials':
        return <MaterialsPanel {...{ sessionId, room, who, nameOf }} />;
      case 'tasks':
        return <TasksPanel room={room} who={who} />;
    }
  }
}
