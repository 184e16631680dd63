import { describe, expect, it } from 'vitest';
import { ParticipantId, PollId } from '../../../core/domain/ids.ts';
import type { OpenPoll } from '../../../core/domain/polls/poll.ts';
import { SECRECIES, type PollRules } from '../../../core/domain/polls/rules.ts';
import { usualPoll } from '../../../core/domain/polls/usual-rules.ts';
import zh from '../../locales/zh-CN/room.json';
import type { Translate } from '../../lib/i18n.ts';
import {
  changeSaid,
  endSaid,
  isTelling,
  rulesSaid,
  sealSaid,
  secrecySaid,
  weightsSaid,
} from './poll-rules-said.ts';

/** Keys with what is put into them: which sentence is said, whatever its words are. */
const t: Translate = (key, params = {}) => [key.split(':')[1], ...Object.values(params)].join(' ');

function open(rules: Partial<PollRules> = {}): OpenPoll {
  const draft = usualPoll({
    id: PollId.parse('00000000-0000-4000-8000-000000000001'),
    question: '？',
    options: ['a', 'b'].map((id) => ({ id, text: id })),
    roles: ['member'],
  });
  return {
    phase: 'open',
    draft: { ...draft, rules: { ...draft.rules, ...rules } },
    openedAt: '2026-11-21T08:00:00.000Z',
    seal: '3f9a12bc00',
    electorate: [],
    roll: [],
    endsAt: null,
    ballots: {},
  };
}

describe('what is said before voting', () => {
  it('has words of its own for every secrecy, and says whether a vote can be changed [B10]', () => {
    const said = SECRECIES.map((secrecy) => zh.polls.rules.secrecy[secrecy]);
    expect(new Set(said).size).toBe(SECRECIES.length);
    for (const secrecy of SECRECIES) {
      const isFinal = secrecy === 'secret' || secrecy === 'verifiable';
      expect(changeSaid(t, { secrecy })).toBe(`polls.rules.${isFinal ? 'final' : 'changeable'}`);
    }
  });

  it('warns where papers without names are published that say a lot, and nowhere else [B10]', () => {
    const telling = SECRECIES.filter((secrecy) => isTelling({ secrecy }, 'ranking'));
    expect(telling).toEqual(['secret', 'verifiable']);
    for (const kind of ['statements', 'score', 'open', 'each', 'stv'] as const)
      expect(isTelling({ secrecy: 'secret' }, kind)).toBe(true);
    for (const kind of ['single', 'yes_no', 'conditional'] as const)
      expect(isTelling({ secrecy: 'secret' }, kind)).toBe(false);
  });

  it('is told in the words of how it is held: one of before that kept 实名公开 back is named by its close [B10]', () => {
    const said = (shown: PollRules['shown']) => secrecySaid(t, open({ secrecy: 'open', shown }).draft.rules);
    expect(said('live')).toBe('polls.rules.secrecy.open');
    expect(said('after_close')).toBe('polls.rules.secrecy.named');
  });

  it('says who ends it, and when', () => {
    const { rules } = open().draft;
    const time = { ...rules.time, closesWhenAllVoted: true };
    expect(endSaid(t, rules, null)).toBe('polls.rules.ends');
    expect(endSaid(t, { ...rules, time: { ...time, seconds: 90 } }, null)).toBe(
      'polls.rules.endsAfter 90polls.rules.endsWhenAll',
    );
    expect(endSaid(t, rules, '2026-11-21T08:01:30.000Z')).toMatch(/^polls\.rules\.endsAt \d\d:\d\d:30$/);
  });

  it('names threshold, base, quorum and who decides', () => {
    const half = { part: 1, whole: 2 };
    const said = rulesSaid(
      t,
      open({
        thresholds: [{ on: 'chosen', relation: 'more', of: half, base: 'present' }],
        quorum: { attendance: { relation: 'at_least', of: half }, participation: null },
        chambers: [
          { id: 'a', roles: ['member'], voice: 'decides' },
          { id: 'b', roles: ['resident'], voice: 'advises' },
        ],
      }),
    );
    expect(said).toContain('polls.rules.quorum.attendance relation.at_least 1 2');
    expect(said).toContain(
      'polls.rules.threshold.consultation polls.rules.chosen relation.more base.present 1 2',
    );
    expect(said).toContain('polls.rules.chamber.advises role.resident');
    expect(rulesSaid(t, open())).toContain('polls.rules.noThreshold.consultation');
  });

  it('names whose votes weigh more, before anybody votes [B17]', () => {
    const [one, two] = [1, 2].map((n) => ParticipantId.parse(`00000000-0000-4000-8000-00000000000${n}`));
    const said = (weights: PollRules['weights']) =>
      weightsSaid(t, open({ weights }).draft.rules, (who) => `…${who.slice(-1)}`);
    expect(said(null)).toBe('');
    expect(said({ [one!]: 2_000_000, [two!]: 500_000 })).toBe(
      'polls.rules.weights polls.rules.weight …1 2polls.rolespolls.rules.weight …2 0.5',
    );
  });

  it('shows the fingerprint of the frozen rules in groups of four [B6]', () => {
    expect(sealSaid(open())).toBe('3f9a 12bc');
    expect(sealSaid({ ...open(), seal: '' })).toBe('');
    expect(sealSaid({ phase: 'prepared', draft: open().draft })).toBe('');
  });
});
