import type { CountedPoll, DraftGroup, DraftLine, DraftPart } from '../../../core/domain/drafting/lines.ts';
import { asOneSentence } from '../../../core/domain/drafting/lines.ts';
import { LEVELS } from '../../../core/domain/levels.ts';
import type { Outcome } from '../../../core/domain/polls/verdict.ts';
import type { Role } from '../../../core/domain/people.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { formatDateTimeLong } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import { unitOf } from '../../room/fate.ts';
import { saySentence } from '../../room/polls/sentence-words.ts';

/** What heads a part of a text that is begun from the record. */
export function partTitle(t: Translate, part: DraftPart): string {
  switch (part) {
    case 'opinions':
      return t('text:template.views');
    case 'basics':
    case 'responses':
      return t(`text:draft.${part}`);
    default:
      return t(`text:template.${part}`);
  }
}

/** What heads the lines of a group within its part; null where nothing does. */
export function groupTitle(t: Translate, group: DraftGroup): string | null {
  if (group.of === 'part') return null;
  if (group.of === 'polls') return t('text:draft.polls');
  return group.title === null
    ? t('text:draft.noItem')
    : t('text:draft.item', { title: asOneSentence(group.title) });
}

/** A line in the reader's language: one sentence, so that its evidence stands for all of it [O14]. */
export function lineWords(t: Translate, room: Pick<Room, 'participants'>, { said }: DraftLine): string {
  const list = (some: readonly string[]): string => some.join(t('text:draft.and'));
  const roles = (some: readonly Role[]): string => list(some.map((role) => t(`words:role.${role}`)));
  const about = (title: string | null): string =>
    title === null ? t('text:draft.noItem') : t('text:draft.item', { title: asOneSentence(title) });
  switch (said.say) {
    case 'when': {
      const [from, to] = [said.from, said.to].map((at) => (at === null ? '' : formatDateTimeLong(at)));
      return t(said.to === null ? 'text:draft.when' : 'text:draft.whenTo', {
        from: from ?? '',
        to: to ?? '',
      });
    }
    case 'where':
      return t('text:draft.where', { venues: list(said.venues) });
    case 'chair':
      return t('text:draft.chair', { name: said.name });
    case 'attendance':
      return t('text:draft.attendance', {
        expected: said.expected,
        present: said.present,
        excused: said.excused,
      });
    case 'people': {
      const people = { role: t(`words:role.${said.role}`), count: said.count, names: list(said.names) };
      return t(said.names.length === 0 ? 'text:draft.people' : 'text:draft.peopleNamed', people);
    }
    case 'agenda':
      return t('text:draft.agenda', { titles: list(said.titles.map((title) => asOneSentence(title))) });
    case 'gathered':
      return t('text:draft.gathered', {
        views: said.views,
        listed: said.listed,
        replies: said.replies,
        polls: said.polls,
      });
    case 'view':
      return t(said.endorsed === 0 ? 'text:draft.view' : 'text:draft.viewEndorsed', {
        stance: t(`words:stance.${said.stance}`),
        roles: roles(said.roles),
        endorsed: said.endorsed,
        words: said.words,
      });
    case 'poll':
      return pollWords(t, said.poll, said.level);
    case 'paragraph':
      return t(`text:draft.light.${said.light}`, { words: said.words });
    case 'minority':
      return t('text:draft.minority', { question: asOneSentence(said.poll.draft.question) });
    case 'opposed':
      return t('text:draft.opposed', {
        about: about(said.title),
        roles: roles(said.roles),
        oppose: said.oppose,
        conditional: said.conditional,
      });
    case 'reply':
      return t('text:draft.reply', {
        department: unitOf(t, room, said.by),
        commitment: t(`words:commitment.${said.commitment}`),
        words: said.words,
      });
    case 'taken':
      return t('text:draft.taken', {
        department: unitOf(t, room, said.by),
        days: said.dueDays,
        words: said.words,
      });
    case 'waiting':
      return t('text:draft.waiting', {
        department: said.to === null ? nameOf(t, room.participants, '') : unitOf(t, room, said.to),
        words: said.words,
      });
    case 'task': {
      const { department, cooperating, dueDays } = said.task;
      return t(cooperating.length === 0 ? 'text:draft.task' : 'text:draft.taskWith', {
        department,
        cooperating: list(cooperating),
        days: dueDays,
        words: said.words,
        acceptance: said.acceptance,
      });
    }
  }
}

/** The question and what came of it, as one sentence. */
function pollWords(t: Translate, { draft, result }: CountedPoll, outcome: Outcome | null): string {
  const level = LEVELS.find((one) => one === outcome);
  const said = result.chambers.map((chamber) => saySentence(t, draft, chamber)).join(' ');
  return t('text:draft.poll', {
    question: asOneSentence(draft.question),
    said: asOneSentence(said, said.length),
    level: level === undefined ? '' : t('text:level.note', { level: t(`text:level.${level}`) }),
  });
}
