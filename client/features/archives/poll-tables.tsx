import type { ReactNode } from 'react';
import type { Paper, PollDraft } from '../../../core/domain/polls/kinds.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { meanOf, scoreShare, shareOf, type NamedBallot } from '../../../core/domain/polls/tally.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { formatNumber, formatPercent } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import styles from './polls.module.css';
import { WideTable } from './section.tsx';

type ClosedPoll = Extract<Poll, { phase: 'closed' }>;

/** Each option in numbers, with a bar for the eye. */
export function OptionTable({ poll }: { readonly poll: ClosedPoll }): ReactNode {
  const t = useText();
  const { draft, result } = poll;
  const isRating = draft.kind === 'rating';
  return (
    <WideTable name={t('archive:polls.results', { question: draft.question })}>
      <thead>
        <tr>
          <th scope="col">{t('archive:polls.option')}</th>
          <th scope="col">{t(isRating ? 'archive:polls.scored' : 'archive:polls.votes')}</th>
          <th scope="col">{t(isRating ? 'archive:polls.mean' : 'archive:polls.share')}</th>
          <td className={styles.barColumn} aria-hidden="true" />
        </tr>
      </thead>
      <tbody>
        {draft.options.map((option) => {
          const count = result.counts[option.id] ?? 0;
          const mean = meanOf(result, option.id);
          const share = draft.scale === null ? shareOf(count, result.cast) : scoreShare(draft.scale, mean);
          return (
            <tr key={option.id}>
              <th scope="row" dir="auto">
                {option.text}
              </th>
              <td>{formatNumber(count)}</td>
              <td>{isRating ? (mean ?? '—') : formatPercent(share)}</td>
              <td className={styles.barColumn} aria-hidden="true">
                <Bar share={share} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </WideTable>
  );
}

function Bar({ share }: { readonly share: number }): ReactNode {
  return (
    <svg className={styles.bar} viewBox="0 0 100 8" preserveAspectRatio="none" focusable="false">
      <rect className={styles.barGround} width="100" height="8" />
      <rect className={styles.barFill} width={Math.min(100, Math.max(0, share * 100))} height="8" />
    </svg>
  );
}

/** Turnout of each role, and its counts where the poll was named. */
export function RoleTable({ poll }: { readonly poll: ClosedPoll }): ReactNode {
  const t = useText();
  const { draft, result } = poll;
  const isNamed = draft.secrecy === 'named';
  return (
    <WideTable name={t('archive:polls.byRoleOf', { question: draft.question })}>
      <thead>
        <tr>
          <th scope="col">{t('archive:polls.role')}</th>
          <th scope="col">{t('archive:polls.eligible')}</th>
          <th scope="col">{t('archive:polls.cast')}</th>
          {isNamed
            ? draft.options.map((option) => (
                <th key={option.id} scope="col" dir="auto">
                  {option.text}
                </th>
              ))
            : null}
        </tr>
      </thead>
      <tbody>
        {result.byRole.map((part) => (
          <tr key={part.role}>
            <th scope="row">{t(`words:role.${part.role}`)}</th>
            <td>{formatNumber(part.eligible)}</td>
            <td>{formatNumber(part.cast)}</td>
            {isNamed
              ? draft.options.map((option) => <td key={option.id}>{part.counts?.[option.id] ?? '—'}</td>)
              : null}
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}

type NamedBallotsProps = {
  readonly room: Room;
  readonly draft: PollDraft;
  readonly ballots: readonly NamedBallot[];
};

export function NamedBallots({ room, draft, ballots }: NamedBallotsProps): ReactNode {
  const t = useText();
  return (
    <details className={styles.ballots}>
      <summary>{t('archive:polls.named', { count: ballots.length })}</summary>
      <ul>
        {ballots.map((ballot) => (
          <li key={ballot.by}>
            <strong dir="auto">{nameOf(t, room.participants, ballot.by)}</strong>
            <span dir="auto">{wordsOf(draft, ballot.paper)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function wordsOf(draft: PollDraft, paper: Paper): string {
  const { scores } = paper;
  const chosen = draft.options.flatMap((option) => {
    if (scores === null) return paper.choices.includes(option.id) ? [option.text] : [];
    const score = scores[option.id];
    return score === undefined ? [] : [`${option.text} ${score}`];
  });
  return chosen.join('、');
}
