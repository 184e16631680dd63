import type { OpenPoll } from '../../../core/domain/polls/poll.ts';
import { receivedIn, type Totals } from '../../../core/domain/polls/totals.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { hasLostTeller, guardTotals } from '../../../core/domain/room/voting-tellers.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { Notice } from '../../room/polls/result-parts.tsx';
import { Tellers } from '../../room/polls/tellers.tsx';
import own from './tellers.module.css';
import { TotalsForm } from './totals-form.tsx';

export interface CountedPollProps {
  readonly room: Room;
  readonly who: Who;
  readonly poll: OpenPoll;
  readonly nameOf: (id: string) => string;
}

/** What both counted: of an election the papers, each candidate's marks come with the result. */
function agreedSaid(t: Translate, agreed: Totals): string {
  const received = receivedIn(agreed);
  if (!('marks' in agreed)) return t('room:tellers.agreed', { received, ...agreed });
  const { marks: _marks, ...papers } = agreed;
  return t('room:tellers.agreedElection', { received, ...papers });
}

/** A poll by hands or papers while it is open: who counts, how far they are, and what a teller enters [B45]. */
export function CountedPoll({ room, who, poll, nameOf }: CountedPollProps) {
  const t = useText();
  const { tellers } = poll.draft.rules;
  const { entered = {}, differed = 0, agreed } = poll.totals ?? {};
  const isAgain = differed > 0 && agreed === undefined;
  const mayEnter = guardTotals(room, who, poll.draft.id).ok;
  return (
    <div className={own.counted}>
      <Tellers draft={poll.draft} nameOf={nameOf} />
      <div role="status">{isAgain ? <Notice>{t('room:tellers.differed')}</Notice> : null}</div>
      {agreed === undefined ? (
        <ul role="list" className={own.tellers}>
          {tellers.map((id) => (
            <li key={id}>
              {t(Object.hasOwn(entered, id) ? 'room:tellers.hasEntered' : 'room:tellers.counts', {
                who: nameOf(id),
              })}
            </li>
          ))}
        </ul>
      ) : (
        <Notice>{agreedSaid(t, agreed)}</Notice>
      )}
      {hasLostTeller(room, poll) ? <Notice>{t('room:tellers.lost')}</Notice> : null}
      {mayEnter && who.kind === 'participant' ? (
        // What was entered is gone where the two differed: the form begins anew.
        <TotalsForm key={differed} poll={poll} hasEntered={Object.hasOwn(entered, who.id)} />
      ) : null}
    </div>
  );
}
