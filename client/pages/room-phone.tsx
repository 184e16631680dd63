import { hasEnded, isConcluding } from '../../core/domain/sessions.ts';
import { useCallback, useState } from 'react';
import { concludingActs } from '../features/concluding/concluding-acts.tsx';
import { SignCall } from '../features/concluding/sign-call.tsx';
import { AgendaList } from '../features/agenda/agenda-list.tsx';
import { FloorPanel } from '../features/floor/floor-panel.tsx';
import { CourseActs, CourseBar } from '../features/course/course-bar.tsx';
import { AnswerBar } from '../features/invitations/answer-bar.tsx';
import { HostBar } from '../features/host/host-bar.tsx';
import { LobbyButton } from '../features/lobby/lobby-button.tsx';
import { MaterialsSheet } from '../features/materials/materials-sheet.tsx';
import { ModerationActs } from '../features/moderation/moderation-acts.tsx';
import { ModerationTally } from '../features/moderation/notes.tsx';
import { PollCall } from '../features/polls/poll-call.tsx';
import { waitingFor } from '../features/polls/turnout.ts';
import { PollsPanel } from '../features/polls/polls-panel.tsx';
import { ScreenRemote } from '../features/projection/screen-remote.tsx';
import { WaitingPanel } from '../features/questions/waiting-panel.tsx';
import { RollPanel } from '../features/roll/roll-panel.tsx';
import { VenueLight } from '../features/roll/venue-light.tsx';
import { SignalBar } from '../features/signals/signal-bar.tsx';
import { TasksPanel } from '../features/tasks/tasks-panel.tsx';
import { useText } from '../lib/i18n.ts';
import { RoomBanner } from './room-banner.tsx';
import { ComposeSheet } from './compose-sheet.tsx';
import type { RoomLayoutProps } from './room-desktop.tsx';
import { RoomModeration, RoomOutcome, RoomStream } from './room-parts.tsx';
import { useGiveFloor } from './give-floor-in.tsx';
import { RoomActions } from './room-actions.tsx';
import { Tabs, type Tab } from './room-tabs.tsx';
import { RoomTop } from './room-top.tsx';
import styles from './room.module.css';

type PhoneTab = 'views' | 'agenda' | 'polls' | 'text';

/** One column: what is going on, one body, and the one act that fits now. */
export function RoomPhone({ view, onLinks }: RoomLayoutProps) {
  const t = useText();
  const { sessionId, room, who, office, me, nameOf, clockOffsetMs } = view;
  const giveFloor = useGiveFloor(view);
  const course = { room, who, office, clockOffsetMs };
  const [tab, setTab] = useState<PhoneTab>(isConcluding(room.state) ? 'text' : 'views');
  const [isComposing, setComposing] = useState(false);
  const compose = useCallback(() => setComposing(true), []);
  const toPolls = () => {
    setComposing(false);
    setTab('polls');
  };
  const materials = <MaterialsSheet {...{ sessionId, room, who, nameOf }} />;
  const open = room.polls.filter((poll) => poll.phase === 'open').length;
  const tabs: readonly Tab<PhoneTab>[] = [
    { id: 'views', label: t('room:tabs.views') },
    { id: 'agenda', label: t('room:tabs.agenda') },
    {
      id: 'polls',
      label: t('room:tabs.polls'),
      badge: open > 0 ? { count: open, words: t('room:tabs.pollOpen') } : undefined,
    },
    { id: 'text', label: t('room:tabs.text') },
  ];
  return (
    <div className={styles.phone}>
      <RoomTop view={view} isWide={false} />
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
      <main id="content" tabIndex={-1} className={styles.phoneBody}>
        {tab === 'views' ? <WaitingPanel /> : null}
        {tab === 'views' ? <RoomModeration view={view} onCompose={compose} /> : null}
        <Tabs label={t('room:tabs.label')} tabs={tabs} current={tab} onChange={setTab} panel={body()} />
      </main>
      {/* The call to vote takes the place of what one only signals. */}
      {(tab === 'views' || tab === 'agenda') && waitingFor(room, me) === null ? (
        <SignalBar room={room} who={who} />
      ) : null}
      {tab === 'text' ? null : <SignCall room={room} who={who} onGo={() => setTab('text')} />}
      {tab === 'polls' ? null : <PollCall room={room} me={me} onGo={toPolls} />}
      {/* A ballot that waits has the foot of its tab to itself. */}
      {tab === 'polls' && waitingFor(room, me) !== null ? null : (
        <RoomActions view={view} onCompose={compose} />
      )}
      <ComposeSheet
        view={view}
        isOpen={isComposing}
        onClose={() => setComposing(false)}
        onPolls={toPolls}
        onSent={() => setTab('views')}
      />
    </div>
  );

  function body() {
    switch (tab) {
      case 'views':
        return <RoomStream view={view} onCompose={compose} />;
      case 'agenda':
        return (
          <div className={styles.scroll}>
            {materials}
            <AgendaList room={room} who={who} clockOffsetMs={clockOffsetMs} />
            {hasEnded(room.state) ? null : (
              <FloorPanel {...{ room, who, clockOffsetMs, nameOf }} light={VenueLight} />
            )}
            <RollPanel {...{ room, who, nameOf, giveFloor }} />
            <ModerationTally room={room} />
          </div>
        );
      case 'polls':
        return (
          <div className={styles.scroll}>
            <PollsPanel room={room} who={who} nameOf={nameOf} />
          </div>
        );
      case 'text':
        return (
          <div className={styles.scroll}>
            {materials}
            <RoomOutcome view={view} />
            <TasksPanel room={room} who={who} />
          </div>
        );
    }
  }
}
