import { isBefore } from '../../core/domain/sessions.ts';
import { useCallback, useRef, useState } from 'react';
import { PollCall } from '../features/polls/poll-call.tsx';
import { WaitingPanel } from '../features/questions/waiting-panel.tsx';
import { SignalBar } from '../features/signals/signal-bar.tsx';
import { useText } from '../lib/i18n.ts';
import { useLeads, useLeadsToMarked } from '../room/leading.ts';
import { RoomBanner } from './room-banner.tsx';
import {
  AgendaSide,
  AnswerBar,
  ComposerSide,
  isAtDesk,
  MaterialsSide,
  OutcomeSide,
  PollsSide,
  RoomDesk,
  TasksSide,
  SignCall,
} from './room-later.tsx';
import { RoomModeration, RoomStream } from './room-parts.tsx';
import { Tabs, type Tab } from './room-tabs.tsx';
import { RoomTop } from './room-top.tsx';
import styles from './room.module.css';
import type { RoomLayoutProps } from './use-room-view.ts';

type SideTab = 'outcome' | 'polls' | 'materials' | 'tasks';

/** Three columns: how the meeting stands, what is said, and what comes of it. */
export function RoomDesktop({ view, onLinks }: RoomLayoutProps) {
  const t = useText();
  const { room, who, me, nameOf } = view;
  const [tab, setTab] = useState<SideTab>('outcome');
  const middle = useRef<HTMLElement>(null);
  const compose = useCallback(() => {
    // The form may only now be drawn, e.g. when a department changes to its reply.
    requestAnimationFrame(() => middle.current?.querySelector('textarea')?.focus());
  }, []);
  useLeads((lead) => {
    if (lead.to === 'sentence' || lead.to === 'citing') setTab('outcome');
    else if (lead.to === 'poll') setTab('polls');
    else if (lead.to === 'material') setTab('materials');
    else if (lead.to === 'task') setTab('tasks');
    // The part that is shown now leads there.
    return false;
  });
  useLeadsToMarked();
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
      {isAtDesk(view) ? <RoomDesk view={view} onLinks={onLinks} /> : null}
      <RoomBanner view={view} />
      {isBefore(room.state) ? <AnswerBar room={room} seat={view.seat} nameOf={nameOf} /> : null}
      <div className={styles.columns}>
        <aside className={styles.left} aria-label={t('room:agenda.heading')}>
          <AgendaSide view={view} isWide />
        </aside>
        <main id="content" tabIndex={-1} className={styles.middle} ref={middle}>
          <WaitingPanel />
          <RoomModeration view={view} onCompose={compose} />
          <RoomStream view={view} onCompose={compose} />
          <SignalBar room={room} who={who} />
          <PollCall room={room} me={me} onGo={() => setTab('polls')} />
          {tab === 'outcome' ? null : <SignCall room={room} who={who} onGo={() => setTab('outcome')} />}
          <ComposerSide view={view} />
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
        return <OutcomeSide view={view} />;
      case 'polls':
        return <PollsSide view={view} />;
      case 'materials':
        return <MaterialsSide view={view} />;
      case 'tasks':
        return <TasksSide view={view} />;
    }
  }
}
