import { useDeferredValue, type ReactNode } from 'react';
import type { Room } from '../../../core/domain/room/state.ts';
import type { Reply, View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import { groupByItem, repliesByView, type ItemGroup, type Thread } from './grouping.ts';
import { Lineage } from './lineage.tsx';
import record from './record.module.css';
import styles from './said.module.css';
import { ReplyEntry, ViewEntry } from './said.tsx';
import { Section } from './section.tsx';

/** Threads under one agenda item that are drawn at once; the others follow without holding up the page. */
const FIRST_THREADS = 100;

type Said = {
  readonly room: Room;
  readonly views: ReadonlyMap<string, View>;
  readonly replies: ReadonlyMap<string, readonly Reply[]>;
};

/** Views under their agenda items, as threads; departments' replies stand behind the thread they answer first. */
export function ViewsSection({ room }: { readonly room: Room }): ReactNode {
  const t = useText();
  const views = new Map<string, View>(room.views.map((view) => [view.id, view]));
  const said = { room, views, replies: repliesByView(room.replies) };
  const groups = groupByItem(room);
  return (
    <Section id="views" empty={groups.length === 0 ? t('archive:views.none') : null}>
      {groups.map((group) => (
        <ItemViews key={group.item?.id ?? 'none'} said={said} group={group} />
      ))}
      <Lineage room={room} />
    </Section>
  );
}

function ItemViews({ said, group }: { readonly said: Said; readonly group: ItemGroup }): ReactNode {
  const t = useText();
  const shown = useDeferredValue(group.threads.length, FIRST_THREADS);
  const number = said.room.agenda.findIndex((item) => item.id === group.item?.id) + 1;
  return (
    <div className={record.group}>
      <h3 dir="auto">
        {group.item === null
          ? t('archive:views.outside')
          : t('archive:views.underItem', { number, title: group.item.title })}
      </h3>
      {group.threads.slice(0, shown).map((thread) => (
        <ThreadBlock key={thread.root.id} said={said} thread={thread} />
      ))}
    </div>
  );
}

function ThreadBlock({ said, thread }: { readonly said: Said; readonly thread: Thread }): ReactNode {
  const { room, views, replies } = said;
  return (
    <div className={styles.thread}>
      {thread.entries.map(({ view, depth }) => (
        <ViewEntry
          key={view.id}
          room={room}
          view={view}
          parent={view.replyTo === null ? undefined : views.get(view.replyTo)}
          depth={depth}
          replies={replies.get(view.id) ?? []}
        />
      ))}
      {repliesOf(thread, replies).map((reply) => (
        <ReplyEntry
          key={reply.id}
          room={room}
          reply={reply}
          answered={reply.toViews.flatMap((id) => views.get(id) ?? [])}
        />
      ))}
    </div>
  );
}

/** Each reply once: where the first view that it answers stands. */
function repliesOf(thread: Thread, replies: ReadonlyMap<string, readonly Reply[]>): readonly Reply[] {
  return thread.entries.flatMap(({ view }) =>
    (replies.get(view.id) ?? []).filter((reply) => reply.toViews[0] === view.id),
  );
}
