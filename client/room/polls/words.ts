import type { Ask } from '../../../core/domain/polls/ask.ts';
import { NONE } from '../../../core/domain/polls/options.ts';
import { stoodFor } from '../../../core/domain/polls/places.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import type { PollRules } from '../../../core/domain/polls/rules.ts';
import type { Translate } from '../../lib/i18n.ts';
import { itemsSaid } from '../../lib/marks-said.ts';

/** What an option, a candidate, whoever was named beside them, or an aspect is called. */
export function itemWord(t: Translate, ask: Ask, id: string): string {
  if (id === NONE) return t('words:pollNone');
  const others = ask.kind === 'election' ? ask.others : [];
  return [...itemsSaid(t, ask), ...others].find((item) => item.id === id)?.text ?? id;
}

/** “甲”、“乙” */
export function itemsQuoted(t: Translate, ask: Ask, ids: readonly string[]): string {
  const quoted = ids.map((id) => t('room:polls.verdict.quoted', { item: itemWord(t, ask, id) }));
  return quoted.join(t('room:polls.roles'));
}

/** 委员（计入结论）; the roles of a chamber say who it is, its voice what its papers are for. */
export function chamberWord(t: Translate, rules: PollRules, id: string): string {
  const chamber = rules.chambers.find((one) => one.id === id);
  if (chamber === undefined) return id;
  const roles = chamber.roles.map((role) => t(`words:role.${role}`)).join(t('room:polls.roles'));
  return t(`room:polls.voice.${chamber.voice}`, { roles });
}

/** Whose paper it is; 由 D 代 P where somebody cast it for them [B48]. */
export function voterSaid(t: Translate, poll: Poll, voter: string, nameOf: (id: string) => string): string {
  const deputy = stoodFor(poll, voter);
  if (deputy === null) return nameOf(voter);
  return t('room:polls.stoodFor', { deputy: nameOf(deputy), voter: nameOf(voter) });
}
