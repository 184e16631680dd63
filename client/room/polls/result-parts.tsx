import type { ReactNode } from 'react';
import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import { reasonsOn } from '../../../core/domain/polls/reading.ts';
import type { ClosedPoll } from '../../../core/domain/polls/poll.ts';
import type { ChamberResult, PollResult } from '../../../core/domain/polls/result.ts';
import { exposedBy } from '../../../core/domain/polls/small-cells.ts';
import type { NamedBallot } from '../../../core/domain/polls/voters.ts';
import { useText } from '../../lib/i18n.ts';
import { markSaid } from '../../lib/marks-said.ts';
import { paperSaid } from '../../lib/paper-said.ts';
import { readCount } from './count-reading.ts';
import { Bars, Numbers } from './numbers.tsx';
import { checksTable, peopleTable, rolesTable } from './people-tables.ts';
import styles from './result.module.css';
import { saySentence } from './sentence-words.ts';
import { chamberWord, itemWord } from './words.ts';

// What the room, the wall and the record show of a result. All three show the same words and numbers; they differ in how much.

interface ResultPartProps {
  readonly draft: PollDraft;
  readonly result: PollResult;
}

interface ChamberProps extends ResultPartProps {
  readonly chamber: ChamberResult;
  /** On a wall there is the sentence and the bars. */
  readonly isWall?: boolean;
  /** Whether it does not count [B42]. */
  readonly isVoid?: boolean;
}

/** One chamber: its sentence, bars, and the same numbers as a table; where there are several, who it is and what for. */
export function Chamber({ draft, result, chamber, isWall = false, isVoid = false }: ChamberProps) {
  const t = useText();
  const { count } = chamber;
  const reading = count === null ? null : readCount(t, { draft, chamber }, count);
  const tables = reading === null || (isWall && reading.bars.length > 0) ? [] : reading.tables;
  return (
    <div className={styles.chamber} data-chamber={chamber.id}>
      {result.chambers.length < 2 ? null : <h4>{chamberWord(t, draft.rules, chamber.id)}</h4>}
      <p className={styles.sentence}>{saySentence(t, draft, chamber, isVoid)}</p>
      {reading === null || (isWall && chamber.turnout.cast === 0) ? null : (
        <Bars bars={reading.bars} of={reading.of} />
      )}
      {tables.map((table) => (
        <Numbers key={table.id} table={table} />
      ))}
    </div>
  );
}

/** Who was there, and every quorum and threshold with its numbers. */
export function Checks({ draft, chamber }: Omit<ChamberProps, 'result'>) {
  const t = useText();
  const checks = checksTable(t, draft, chamber);
  return (
    <>
      {checks === null ? null : <Numbers table={checks} />}
      <Numbers table={peopleTable(t, chamber)} />
    </>
  );
}

/** What each role said, beside each other and never added. */
export function ByRole({ draft, result }: ResultPartProps) {
  const t = useText();
  return result.groups.length === 0 ? null : <Numbers table={rolesTable(t, draft, result)} />;
}

/** Whose numbers are so few, or all of one mind, that they tell what each of them chose [B18]. */
export function Exposed({ draft, result }: ResultPartProps) {
  const t = useText();
  const said = (why: 'few' | 'unanimous') =>
    t(`room:polls.exposed.${why}`, { count: draft.rules.smallestCell });
  return exposedBy(draft.rules, result).map(({ chamberId, why }) => (
    <Notice key={chamberId}>
      {result.chambers.length < 2
        ? said(why)
        : t('room:polls.exposed.of', { who: chamberWord(t, draft.rules, chamberId), why: said(why) })}
    </Notice>
  ));
}

/** That a poll of a consultation replaces no vote of the law; a body's own affairs are its own. */
export function Indicative({ draft }: Pick<ResultPartProps, 'draft'>) {
  const t = useText();
  if (draft.rules.profile !== 'consultation') return null;
  return <p className={styles.indicative}>{t('room:polls.indicative')}</p>;
}

/** Something that a reader has to know before the numbers. */
export function Notice({ children }: { readonly children: ReactNode }) {
  return <p className={styles.notice}>{children}</p>;
}

/** What is read by whoever wants to know more. */
export function More({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className={styles.more}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

interface StoodProps {
  readonly poll: ClosedPoll;
  readonly nameOf: (id: string) => string;
}

/** Who voted for whom they stood in for; nothing where everybody voted themselves [B48]. */
export function Stood({ poll: { stood = {} }, nameOf }: StoodProps) {
  const t = useText();
  const pairs = Object.entries(stood);
  if (pairs.length === 0) return null;
  return (
    <div data-part="stood">
      <p className={styles.note}>{t('room:polls.stood')}</p>
      <ul className={styles.reasons}>
        {pairs.map(([voter, deputy]) => (
          <li key={voter} dir="auto">
            {t('room:polls.stoodFor', { deputy: nameOf(deputy), voter: nameOf(voter) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface BallotsProps {
  readonly draft: PollDraft;
  readonly ballots: readonly NamedBallot[];
  readonly nameOf: (id: string) => string;
}

/** Who chose what, with the reasons that were given, in a table and by what they are about. */
export function Ballots({ draft, ballots, nameOf }: BallotsProps) {
  const t = useText();
  return (
    <>
      <table className={styles.table} data-table="ballots">
        <caption>{t('room:polls.namedBallots')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('room:polls.person')}</th>
            <th scope="col">{t('room:polls.whoChose')}</th>
          </tr>
        </thead>
        <tbody>
          {ballots.map(({ by, paper }) => (
            <tr key={by}>
              <th scope="row" dir="auto">
                {nameOf(by)}
              </th>
              <td>
                <ul role="list" className={styles.said}>
                  {paperSaid(t, draft.ask, paper).map((line) => (
                    <li key={line.id} dir="auto">
                      {line.text}
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Reasons {...{ draft, ballots, nameOf }} />
    </>
  );
}

/** Reasons by paragraph or option: what the text has to deal with. */
function Reasons({ draft: { ask }, ballots, nameOf }: BallotsProps) {
  const t = useText();
  const reasons = reasonsOn(ballots);
  if (reasons.length === 0) return null;
  const items = [...new Set(reasons.map(({ itemId }) => itemId))];
  return (
    <section aria-label={t('room:polls.reasons')}>
      <p className={styles.note}>{t('room:polls.reasons')}</p>
      {items.map((item) => (
        <div key={item ?? ''}>
          {item === null ? null : <p dir="auto">{itemWord(t, ask, item)}</p>}
          <ul className={styles.reasons}>
            {reasons
              .filter(({ itemId }) => itemId === item)
              .map(({ by, mark, reason }) => (
                <li key={by} dir="auto">
                  {t('room:polls.reasonOf', { who: nameOf(by), mark: markSaid(t, ask, mark), reason })}
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
