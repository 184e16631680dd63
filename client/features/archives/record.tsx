import { useEffect, useRef, type ReactNode } from 'react';
import type { Archive } from '../../../core/contract/archives.ts';
import { questionsOf } from '../../../core/domain/room/questions.ts';
import { materialsOf } from '../../../core/domain/room/materials.ts';
import { AgendaSection } from './agenda-section.tsx';
import { EvidenceProvider } from './evidence.ts';
import { FloorSection } from './floor-section.tsx';
import { MaterialsSection } from './materials-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { QuestionsSection } from './questions-section.tsx';
import { PollsSection } from './polls-section.tsx';
import styles from './record.module.css';
import { Contents } from './section.tsx';
import { TakeDocument } from './take-document.tsx';
import { TasksSection } from './tasks-section.tsx';
import { TextSection } from './text-section.tsx';
import { TitleBlock } from './title-block.tsx';
import { useArrival } from './use-arrival.ts';
import { VerifyPanel } from './verify-panel.tsx';
import { peopleOf } from './grouping.ts';
import { ViewsSection } from './views-section.tsx';

/** The whole sealed record of a session, on one page that prints. */
export function ArchiveRecord({ archive }: { readonly archive: Archive }): ReactNode {
  const root = useRef<HTMLElement>(null);
  const { room } = archive;
  useOpenForPrint(root);
  useArrival();
  const counts = {
    people: peopleOf(room).length,
    agenda: room.agenda.length,
    views: room.views.length + room.replies.length,
    questions: questionsOf(room).length,
    floor: room.turns.length,
    polls: room.polls.length,
    text: null,
    materials: materialsOf(room).length,
    tasks: room.tasks.length,
  };
  return (
    <EvidenceProvider value={archive}>
      <article ref={root} className={styles.record} data-many={room.views.length > 300}>
        <TitleBlock archive={archive} />
        <VerifyPanel archive={archive} />
        <TakeDocument archive={archive} />
        <Contents counts={counts} />
        <PeopleSection room={room} />
        <AgendaSection room={room} />
        <ViewsSection room={room} />
        <QuestionsSection room={room} />
        <FloorSection room={room} />
        <PollsSection room={room} sessionId={archive.sessionId} />
        <TextSection archive={archive} />
        <MaterialsSection archive={archive} />
        <TasksSection room={room} />
      </article>
    </EvidenceProvider>
  );
}

/** Paper cannot be unfolded: what is folded on the screen is printed open. */
function useOpenForPrint(root: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const opened = new Set<HTMLDetailsElement>();
    const open = (): void => {
      for (const fold of root.current?.querySelectorAll('details:not([open])') ?? []) {
        if (!(fold instanceof HTMLDetailsElement)) continue;
        fold.open = true;
        opened.add(fold);
      }
    };
    const close = (): void => {
      for (const fold of opened) fold.open = false;
      opened.clear();
    };
    window.addEventListener('beforeprint', open);
    window.addEventListener('afterprint', close);
    return () => {
      window.removeEventListener('beforeprint', open);
      window.removeEventListener('afterprint', close);
    };
  }, [root]);
}
