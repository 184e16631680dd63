import type { About } from '../../../core/domain/polls/draft.ts';
import { standingOf } from '../../../core/domain/room/cited.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { Translate } from '../../lib/i18n.ts';
import { citedWords } from '../cited-words.ts';

/** What a poll is about, in one line: 意见 #12 · 李委员 · 赞成 — 建议错峰放学. */
export function aboutSaid(t: Translate, room: Room, about: About, nameOf: (id: string) => string): string {
  switch (about.what) {
    case 'view': {
      const cited = { kind: 'view' as const, id: about.viewId };
      return citedWords(t, standingOf(room, cited), 'view', { room, nameOf }).title;
    }
    case 'task': {
      const at = room.tasks.findIndex(({ id }) => id === about.taskId);
      const task = room.tasks[at];
      return t('room:polls.about.task', { number: at + 1, task: task?.task ?? '' });
    }
    case 'item': {
      const item = room.agenda.find(({ id }) => id === about.itemId);
      const title = item === undefined || item.title === '' ? '' : item.title;
      return title === '' && item !== undefined
        ? t('room:polls.about.item', { title: t(`words:agenda.${item.kind}`) })
        : t('room:polls.about.item', { title });
    }
    case 'paragraph':
      return t('room:polls.about.paragraph');
  }
}

/** Things of the room that a poll can be about; a view is asked about from its card. */
export function topicsIn(
  t: Translate,
  room: Room,
  own: About | null,
  nameOf: (id: string) => string,
): readonly { readonly about: About; readonly text: string }[] {
  const items = room.agenda.map(({ id }): About => ({ what: 'item', itemId: id }));
  const tasks = room.tasks.map(({ id }): About => ({ what: 'task', taskId: id }));
  const isOther = own !== null && (own.what === 'view' || own.what === 'paragraph');
  return [...(isOther ? [own] : []), ...items, ...tasks].map((about) => ({
    about,
    text: aboutSaid(t, room, about, nameOf),
  }));
}
