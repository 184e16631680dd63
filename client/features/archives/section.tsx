import type { ReactNode } from 'react';
import { useText, type TextKey } from '../../lib/i18n.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import styles from './record.module.css';

/** Sections of the record, in reading order; also its table of contents. */
const SECTIONS = [
  'people',
  'agenda',
  'views',
  'questions',
  'floor',
  'polls',
  'text',
  'materials',
  'tasks',
] as const;
type SectionId = (typeof SECTIONS)[number];

const TITLES: Readonly<Record<SectionId, TextKey>> = {
  people: 'archive:people.title',
  agenda: 'archive:agenda.title',
  views: 'archive:views.title',
  questions: 'archive:questions.title',
  floor: 'archive:floor.title',
  polls: 'archive:polls.title',
  text: 'archive:text.title',
  materials: 'archive:materials.title',
  tasks: 'archive:tasks.title',
};

type SectionProps = {
  readonly id: SectionId;
  /** Said instead of the children when there is nothing in the section. */
  readonly empty: string | null;
  readonly children: ReactNode;
};

export function Section({ id, empty, children }: SectionProps): ReactNode {
  const t = useText();
  return (
    <section id={id} className={styles.section} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} tabIndex={-1}>
        {t(TITLES[id])}
      </h2>
      {empty === null ? children : <p className={styles.empty}>{empty}</p>}
    </section>
  );
}

/** Table of contents with how much stands in each section. */
export function Contents({
  counts,
}: {
  readonly counts: Readonly<Record<SectionId, number | null>>;
}): ReactNode {
  const t = useText();
  return (
    <nav className={styles.contents} aria-label={t('archive:contents')}>
      <ol>
        {SECTIONS.map((id) => (
          <li key={id}>
            <a href={`#${id}`}>{t(TITLES[id])}</a>
            {counts[id] === null ? null : <span className={styles.count}>{counts[id]}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** A table that scrolls inside its own frame on a narrow screen; the keyboard can scroll it too. */
export function WideTable({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- reason: WCAG 2.1.1, a scrolling frame needs focus
    <div className={styles.frame} role="group" aria-label={name} tabIndex={0}>
      <table>
        <caption>
          <VisuallyHidden>{name}</VisuallyHidden>
        </caption>
        {children}
      </table>
    </div>
  );
}
