import type { PollId } from '../ids.ts';
import type { Role } from '../people.ts';
import type { PollDraft } from './draft.ts';
import type { Option } from './options.ts';
import type { PollRules } from './rules.ts';

/** The id of the only chamber of a poll that has one. */
export const ONE_CHAMBER = 'all';

/**
 * What most polls in a room are held by, until somebody says otherwise: among everybody of these roles, 实名结果后公开, read after
 * the close, without a threshold, until the host closes it.
 */
export function usualRules(roles: readonly Role[]): PollRules {
  return {
    profile: 'consultation',
    secrecy: 'named',
    shown: 'after_close',
    eligible: { roles: [...roles], affiliations: [], people: null, presence: 'any', withoutGuests: false },
    chambers: [{ id: ONE_CHAMBER, roles: [...roles], voice: 'decides' }],
    quorum: { attendance: null, participation: null },
    thresholds: [],
    base: 'cast',
    tie: 'fails',
    smallestCell: 5,
    allowsBlank: false,
    reason: 'none',
    time: { seconds: null, endsAt: null, closesWhenAllVoted: false, extensionSeconds: null },
    tellers: [],
    proxies: [],
    weights: null,
  };
}

type Choice = {
  readonly id: PollId;
  readonly question: string;
  readonly options: readonly Option[];
  readonly roles: readonly Role[];
  readonly secrecy?: PollRules['secrecy'];
};

/** A single choice, held by the usual rules. */
export function usualPoll({ id, question, options, roles, secrecy = 'named' }: Choice): PollDraft {
  return {
    id,
    question,
    ask: { kind: 'single', options: [...options], allowsNone: false },
    rules: { ...usualRules(roles), secrecy },
    about: null,
  };
}
