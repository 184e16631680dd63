import type { ClosedPoll, OpenPoll } from '../../../core/domain/polls/poll.ts';
import { isOver } from '../../../core/domain/sessions.ts';
import type { SessionState } from '../../../core/domain/sessions.ts';
import { formatTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { Notice } from './result-parts.tsx';

interface VoidNoticeProps {
  readonly poll: OpenPoll | ClosedPoll;
  readonly nameOf: (id: string) => string;
  /** Of the session: what nobody answered before it was over stays unanswered. */
  readonly state?: SessionState;
}

/** That a poll does not count, or that somebody proposes so: why, and who said it. Nothing where neither [B42]. */
export function VoidNotice({ poll, nameOf, state }: VoidNoticeProps) {
  const t = useText();
  const voided = poll.phase === 'closed' ? poll.voided : undefined;
  const said = voided ?? poll.voiding;
  if (said === undefined) return null;
  if (voided?.cause === 'excess')
    return (
      <Notice>
        {t('room:tellers.excess', { one: nameOf(voided.by), other: nameOf(voided.confirmedBy) })}
      </Notice>
    );
  // In logs of before, whoever closed it did so alone and gave no reason.
  if (voided?.cause === 'uncounted' && voided.at === voided.confirmedAt)
    return <Notice>{t('room:tellers.uncounted', { who: nameOf(voided.by) })}</Notice>;
  const facts = {
    who: nameOf(said.by),
    why: said.why === '' ? t('room:pollLife.whyErased') : said.why,
    at: formatTime(said.at),
  };
  const isUnanswered = state !== undefined && isOver(state);
  return (
    <Notice>
      {voided !== undefined
        ? t('room:pollLife.voided', { ...facts, confirmer: nameOf(voided.confirmedBy) })
        : t(isUnanswered ? 'room:pollLife.neverConfirmed' : 'room:pollLife.proposed', facts)}
    </Notice>
  );
}
