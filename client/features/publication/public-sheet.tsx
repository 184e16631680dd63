import type { ReactNode } from 'react';
import type { PublicPage } from '../../../core/domain/publication/page.ts';
import { formatDateTimeLong } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './public-sheet.module.css';

interface PublicSheetProps {
  readonly page: PublicPage;
  /** A part of another page, whose headings stand one lower. */
  readonly isPreview?: boolean;
}

/** What everybody reads of a sealed session; the preview is the same [PP4]. */
export function PublicSheet({ page, isPreview = false }: PublicSheetProps): ReactNode {
  const t = useText();
  const Title = isPreview ? 'h3' : 'h1';
  const Part = isPreview ? 'h4' : 'h2';
  const { agreed, open, reservations, polls, tasks, taskWords } = page;
  return (
    <article className={styles.sheet} dir="auto">
      <header className={styles.head}>
        <p className={styles.kicker}>
          {page.studioName === '' ? t('public:kicker') : `${page.studioName} · ${t('public:kicker')}`}
        </p>
        <Title className={styles.title}>{page.title}</Title>
        <p className={styles.soft}>
          {page.heldAt === null ? null : (
            <time dateTime={page.heldAt}>{t('public:held', { at: formatDateTimeLong(page.heldAt) })}</time>
          )}{' '}
          <time dateTime={page.sealedAt}>
            {t('public:sealed', { at: formatDateTimeLong(page.sealedAt) })}
          </time>
        </p>
      </header>
      {page.question === '' ? null : (
        <section>
          <Part>{t('public:asked')}</Part>
          <p className={styles.words}>{page.question}</p>
        </section>
      )}
      <section>
        <Part>{t('public:agreed')}</Part>
        {agreed.length === 0 ? (
          <p>{t('public:agreedNone')}</p>
        ) : (
          <ol>
            {agreed.map(({ words }) => (
              <li key={words}>{words}</li>
            ))}
          </ol>
        )}
      </section>
      <section>
        <Part>{t('public:open')}</Part>
        {open.length === 0 ? <p>{t('public:openNone')}</p> : <Lines of={open} />}
        {reservations.length === 0 ? null : (
          <>
            <p className={styles.label}>{t('public:reservations')}</p>
            <Lines of={reservations} />
          </>
        )}
      </section>
      <section>
        <Part>{t('public:tasks')}</Part>
        {tasks.length + taskWords.length === 0 ? <p>{t('public:tasksNone')}</p> : null}
        {taskWords.length === 0 ? null : <Lines of={taskWords} />}
        <ol>
          {tasks.map((task) => (
            <li key={`${task.department} ${task.task}`} className={styles.task}>
              <p>{task.task}</p>
              <dl>
                <Fact name={t('public:lead')}>{task.department}</Fact>
                {task.cooperating.length === 0 ? null : (
                  <Fact name={t('public:joint')}>{task.cooperating.join(t('public:and'))}</Fact>
                )}
                <Fact name={t('public:due')}>{t('public:until', { date: task.due })}</Fact>
                <Fact name={t('public:acceptance')}>{task.acceptance}</Fact>
              </dl>
            </li>
          ))}
        </ol>
      </section>
      {polls.length === 0 ? null : (
        <section>
          <Part>{t('public:polls')}</Part>
          <p className={styles.soft}>{t('public:pollsNote')}</p>
          <ul>
            {polls.map(({ question, result }) => (
              <li key={`${question} ${result}`}>
                <p>{question}</p>
                <p>{result}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <footer className={styles.soft}>
        <p>{t('public:about')}</p>
        <p>
          {t('public:fingerprint')} <code>{page.textSha256}</code>
        </p>
      </footer>
    </article>
  );
}

function Lines({ of }: { readonly of: readonly string[] }): ReactNode {
  return (
    <ul>
      {of.map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
