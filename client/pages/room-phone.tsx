import { isBefore, isConcluding } from '../../core/domain/sessions.ts';
import { useCallback, useState } from 'react';
import { PollCall } from '../features/polls/poll-call.tsx';
import { waitingFor } from '../features/polls/standing.ts';
import { WaitingPanel } from '../features/questions/waiting-panel.tsx';
import { SignalBar } from '../features/signals/signal-bar.tsx';
import { useText } from '../lib/i18n.ts';
import { useLeads, useLeadsToMarked, type Lead } from '../room/leading.ts';
import { RoomBanner } from './room-banner.tsx';
import { ComposeSheet } from './compose-sheet.tsx';
import { RoomModeration, RoomStream } from './room-parts.tsx';
import { RoomActions } from './room-actions.tsx';
import { AgendaSide, AnswerBar, isAtDesk, PollsSide, RoomDesk, TextSide, SignCall } from './room-later.tsx';
import { Tabs, type Tab } from './room-tabs.tsx';
import { RoomTop } from './room-top.tsx';
import styles from './room.module.css';
import type { RoomLayoutProps } from './use-room-view.ts';

/** What a phone has under the text. */
const ON_TEXT: readonly Lead['to'][] = ['sentence', 'citing', 'material', 'task'];

type PhoneTab = 'views' | 'agenda' | 'polls' | 'text';

/** One column: what is going on, one body, and the one act that fits now. */
export function RoomPhone({ view, onLinks }: RoomLayoutProps) {
  const t = useText();
  const { room, who, me, nameOf } = view;
  const [tab, setTab] = useState<PhoneTab>(isConcluding(room.state) ? 'text' : 'views');
  const [isComposing, setComposing] = useState(false);
  const compose = useCallback(() => setComposing(true), []);
  const toPolls = () => {
    setComposing(false);
    setTab('polls');
  };
  useLeads((lead) => {
    if (ON_TEXT.includes(lead.to)) setTab('text');
    else if (lead.to === 'item') setTab('agenda');
    else if (lead.to === 'poll') setTab('polls');
    else setTab('views');
    // The part that is shown now leads there.
    return false;
  });
  useLeadsToMarked();
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
      {isAtDesk(view) ? <RoomDesk view={view} onLinks={onLinks} /> : null}
      <RoomBanner view={view} />
      {isBefore(room.state) ? <AnswerBar room={room} seat={view.seat} nameOf={nameOf} /> : null}
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
            <AgendaSide view={view} isWide={false} />
          </div>
        );
      case 'polls':
        return (
          <div className={styles.scroll}>
            <PollsSide view={view} />
          </div>
        );
      case 'text':
        return (
          <div className={styles.scroll}>
            <TextSide view={view} />
          </div>
        );
    }
  }
}
