import type { Role } from '../../../core/domain/people.ts';
import type { Paper, PollDraft } from '../../../core/domain/polls/kinds.ts';
import { useState } from 'react';
import { reasonText } from '../../lib/errors.ts';
import { formatPercent } from '../../lib/format.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { useRoomStore } from '../../room/use-room.ts';
import { notify } from '../../ui/notices.tsx';
import styles from './polls.module.css';
import { optionResults, turnoutOf, type ClosedPoll, type OptionResult } from './turnout.ts';

export interface PollResultProps {
  readonly poll: ClosedPoll;
  readonly nameOf: (id: string) => string;
  /** On a wall there is nothing to open. */
  readonly isWall?: boolean;
}

/** A closed poll: one sentence that a reader can hear, bars, and the same numbers as tables. */
export function PollResult({ poll, nameOf, isWall = false }: PollResultProps) {
  const t = useText();
  const rows = optionResults(poll);
  return (
    <div className={styles.result}>
      <p className={styles.sentence}>{resultSentence(t, poll)}</p>
      <ol role="list" className={styles.bars}>
        {rows.map((row) => (
          <li key={row.id} data-option={row.id} data-count={row.count}>
            <span className={styles.optionText} dir="auto">
              {row.text}
            </span>
            <span className={styles.number}>{numberOf(t, poll.draft, row)}</span>
            <svg
              className={styles.bar}
              data-leads={row.leads}
              viewBox="0 0 100 6"
              preserveAspectRatio="none"
              aria-hidden="true"
            >
              <rect className={styles.track} width="100" height="6" />
              <rect className={styles.fill} width={row.share * 100} height="6" />
            </svg>
          </li>
        ))}
      </ol>
      <ByRole poll={poll} />
      {isWall ? null : <NamedBallots poll={poll} nameOf={nameOf} />}
      <p className={styles.indicative}>{t('room:polls.indicative')}</p>
    </div>
  );
}

/** 应投 6 人，已投 6 人，投票率 100%。… */
export function resultSentence(t: Translate, poll: ClosedPoll): string {
  const { eligible, cast, share } = turnoutOf(poll);
  const counted = t('room:polls.resultSentence', { eligible, cast, percent: formatPercent(share) });
  const said = leaderSentence(t, poll, cast);
  return said === null ? counted : t('room:polls.twoSentences', { first: counted, second: said });
}

/** Which option leads, if one can say so. */
function leaderSentence(t: Translate, poll: ClosedPoll, cast: number): string | null {
  if (cast === 0) return t('room:polls.nobodyVoted');
  const best = optionResults(poll).filter((row) => row.leads);
  const [first] = best;
  if (first === undefined) return null;
  if (poll.draft.kind === 'rating')
    return best.length > 1 ? null : t('room:polls.leadsScore', { option: first.text, mean: first.mean ?? 0 });
  if (best.length > 1) {
    const options = best.map((row) => `“${row.text}”`).join(t('room:polls.roles'));
    return t('room:polls.leadsTie', { options, count: first.count });
  }
  return t('room:polls.leadsOne', {
    option: first.text,
    count: first.count,
    percent: formatPercent(first.share),
  });
}

function numberOf(t: Translate, draft: PollDraft, row: OptionResult): string {
  if (draft.kind === 'rating') {
    return row.mean === null
      ? t('room:polls.noScore')
      : t('room:polls.mean', { mean: row.mean, count: row.count });
  }
  return `${t('room:polls.votes', { count: row.count })} · ${t('room:polls.share', { percent: formatPercent(row.share) })}`;
}

interface ByRoleProps {
  readonly poll: ClosedPoll;
}

function ByRole({ poll }: ByRoleProps) {
  const t = useText();
  const { byRole } = poll.result;
  const isOpenByRole = byRole.every((row) => row.counts !== null);
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={t('room:polls.byRole')}>
      <table className={styles.table}>
        <caption>{t('room:polls.byRole')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('room:polls.option')}</th>
            {byRole.map(({ role }) => (
              <th key={role} scope="col">
                {t(`words:role.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row
            title={t('room:polls.eligible')}
            cells={byRole.map(({ role, eligible }) => ({ role, count: eligible }))}
          />
          <Row title={t('room:polls.cast')} cells={byRole.map(({ role, cast }) => ({ role, count: cast }))} />
          {isOpenByRole
            ? poll.draft.options.map(({ id, text }) => (
                <Row
                  key={id}
                  title={text}
                  cells={byRole.map(({ role, counts }) => ({ role, count: counts?.[id] ?? 0 }))}
                />
              ))
            : null}
        </tbody>
      </table>
      {isOpenByRole ? null : <p className={styles.hint}>{t('room:polls.withheld')}</p>}
    </div>
  );
}

interface RowProps {
  readonly title: string;
  readonly cells: readonly { readonly role: Role; readonly count: number }[];
}

function Row({ title, cells }: RowProps) {
  return (
    <tr>
      <th scope="row" dir="auto">
        {title}
      </th>
      {cells.map(({ role, count }) => (
        <td key={role} data-role={role}>
          {count}
        </td>
      ))}
    </tr>
  );
}

/** Who chose what; of a poll of many it is fetched when somebody wants to see it. */
function NamedBallots({ poll, nameOf }: PollResultProps) {
  const t = useText();
  const store = useRoomStore();
  const [isOpen, setOpen] = useState(false);
  if (poll.ballots === null || poll.result.cast === 0) return null;
  const open = async () => {
    setOpen(true);
    const error = poll.isBrief === true ? await store.loadPoll(poll.draft.id) : null;
    if (error !== null) notify('bad', reasonText(t, error.reason, error.details));
  };
  return (
    <details
      className={styles.named}
      // -- open tells its own failure.
      onToggle={(event) => (event.currentTarget.open ? void open() : setOpen(false))}
    >
      <summary>{t('room:polls.showNamed', { count: poll.result.cast })}</summary>
      {isOpen && poll.isBrief === true ? <p role="status">{t('room:polls.loadingNamed')}</p> : null}
      {isOpen && poll.isBrief !== true ? (
        <BallotTable poll={poll} ballots={poll.ballots} nameOf={nameOf} />
      ) : null}
    </details>
  );
}

interface BallotTableProps extends Pick<PollResultProps, 'poll' | 'nameOf'> {
  readonly ballots: NonNullable<ClosedPoll['ballots']>;
}

function BallotTable({ poll, ballots, nameOf }: BallotTableProps) {
  const t = useText();
  return (
    <table className={styles.table}>
      <caption>{t('room:polls.namedBallots')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('room:polls.person')}</th>
          <th scope="col">{t('room:polls.whoChose')}</th>
        </tr>
      </thead>
      <tbody>
        {ballots.map((ballot) => (
          <tr key={ballot.by}>
            <th scope="row" dir="auto">
              {nameOf(ballot.by)}
            </th>
            <td dir="auto">{choiceText(t, poll.draft, ballot.paper)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function choiceText(t: Translate, draft: PollDraft, paper: Paper): string {
  const scores = paper.scores;
  const parts = draft.options.flatMap(({ id, text }) => {
    if (scores === null) return paper.choices.some((choice) => choice === id) ? [text] : [];
    const value = scores[id];
    return value === undefined ? [] : [t('room:polls.myScore', { option: text, score: value })];
  });
  return parts.join(t('room:polls.roles'));
}
