import type { ReactNode } from 'react';
import type { Room } from '../../../core/domain/room/state.ts';
import type { Reply } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import { groupByItem, repliesByView, type ItemGroup, type Thread } from './grouping.ts';
import styles from './record.module.css';
import { ReplyEntry, ViewEntry } from './said.tsx';
import { Section } from './section.tsx';

/** Views under their agenda items, as threads; departments' replies stand behind the thread they answer first. */
export function ViewsSection({ room }: { readonly room: Room }): ReactNode {
  const t = useText();
  const replies = repliesByView(room.replies);
  const groups = groupByItem(room);
  return (
    <Section id="views" empty={groups.length === 0 ? t('archive:views.none') : null}>
      {groups.map((group) => (
        <ItemViews key={group.item?.id ?? 'none'} room={room} group={group} replies={replies} />
      ))}
    </Section>
  );
}

type ItemViewsProps = {
  readonly room: Room;
  readonly group: ItemGroup;
  readonly replies: ReadonlyMap<string, readonly Reply[]>;
};

function ItemViews({ room, group, replies }: ItemViewsProps): ReactNode {
  const t = useText();
  const number = room.agenda.findIndex((item) => item.id === group.item?.id) + 1;
  return (
    <div className={styles.group}>
      <h3 dir="auto">
        {group.item === null
          ? t('archive:views.outside')
          : t('archive:views.underItem', { number, title: group.item.title })}
      </h3>
      {group.threads.map((thread) => (
        <ThreadBlock key={thread.root.id} room={room} thread={thread} replies={replies} />
      ))}
    </div>
  );
}

type ThreadBlockProps = {
  readonly room: Room;
  readonly thread: Thread;
  readonly replies: ReadonlyMap<string, readonly Reply[]>;
};

function ThreadBlock({ room, thread, replies }: ThreadBlockProps): ReactNode {
  return (
    <div className={styles.thread}>
      {thread.entries.map(({ view, depth }) => (
        <ViewEntry key={view.id} room={room} view={view} depth={depth} replies={replies.get(view.id) ?? []} />
      ))}
      {repliesOf(thread, replies).map((reply) => (
        <ReplyEntry key={reply.id} room={room} reply={reply} />
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
