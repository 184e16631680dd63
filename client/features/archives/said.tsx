import type { ReactNode } from 'react';
import { isSomebody, type By } from '../../../core/domain/events.ts';
import { endorsersOf } from '../../../core/domain/room/endorsing.ts';
import { groupOf } from '../../../core/domain/room/groups.ts';
import { itemOf } from '../../../core/domain/room/known-ids.ts';
import { supportOf } from '../../../core/domain/room/merging.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { Reply, View } from '../../../core/domain/views.ts';
import { formatTimeExact } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { nameOf } from '../../room/names.ts';
import { ViewPictures } from '../../room/view-pictures.tsx';
import { whyNoWords } from '../../room/shown-words.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { StanceBadge } from '../../ui/stance-badge.tsx';
import { anchorOf } from '../../lib/record-anchors.ts';
import { AdoptedIn } from './evidence-link.tsx';
import record from './record.module.css';
import styles from './said.module.css';

type ViewEntryProps = {
  readonly room: Room;
  readonly view: View;
  /** The view that it answers. */
  readonly parent: View | undefined;
  readonly depth: number;
  readonly replies: readonly Reply[];
};

/** A view with its author, stance and place in the log, and links to what it answers and what answers it. */
export function ViewEntry({ room, view, parent, depth, replies }: ViewEntryProps): ReactNode {
  const t = useText();
  return (
    // Deeper answers are not set in further: a phone has no room, and the link says what is answered.
    <article id={anchorOf(view.seq)} className={styles.said} data-depth={Math.min(depth, 3)}>
      <Byline room={room} by={view.by} at={view.at} seq={view.seq}>
        <StanceBadge stance={view.stance} />
        {view.keyPoint === undefined ? null : <strong>★ {t('archive:views.keyPoint')}</strong>}
      </Byline>
      {parent === undefined ? null : (
        <p className={styles.link}>
          {t('archive:views.answers')}{' '}
          <EntryLink seq={parent.seq} name={nameOf(t, room.participants, parent.by)} />
        </p>
      )}
      {view.hidden !== undefined && view.withdrawnAt === undefined ? (
        <p className={record.empty}>{whyNoWords(t, view)}</p>
      ) : view.withdrawnAt === undefined ? (
        <>
          <Words text={view.text} />
          {room.plan === null ? null : <ViewPictures sessionId={room.plan.id} view={view} />}
        </>
      ) : (
        <p className={record.empty}>
          {t('archive:views.withdrawn', { time: formatTimeExact(view.withdrawnAt) })}
        </p>
      )}
      <Merged room={room} view={view} />
      <EarlierWords view={view} />
      <Endorsers room={room} view={view} />
      {replies.length === 0 ? null : (
        <p className={styles.link}>
          {t('archive:views.answeredBy')} <Links entries={replies} room={room} />
        </p>
      )}
      <AdoptedIn cited={{ kind: 'view', id: view.id }} />
    </article>
  );
}

/** What it said before each correction; folded on the screen, open on paper. */
function EarlierWords({ view }: { readonly view: View }): ReactNode {
  const t = useText();
  const { edits = [], withdrawnAt } = view;
  if (edits.length === 0) return null;
  if (withdrawnAt !== undefined || view.hidden !== undefined)
    return <p className={styles.link}>{t('archive:views.corrected', { count: edits.length })}</p>;
  return (
    <details className={styles.link}>
      <summary>{t('archive:views.corrected', { count: edits.length })}</summary>
      {edits.map(({ text, until, endorsed = 0 }) => (
        <div key={`${until} ${text}`}>
          <time dateTime={until}>{t('archive:views.until', { time: formatTimeExact(until) })}</time>
          {endorsed === 0 ? null : ` ${t('archive:views.endorsedBefore', { count: endorsed })}`}
          <Words text={text} />
        </div>
      ))}
    </details>
  );
}

/** What it was merged with at the end: where it leads, who stands behind all of it, each person once [C4]. */
function Merged({ room, view }: { readonly room: Room; readonly view: View }): ReactNode {
  const t = useText();
  const [lead, ...others] = groupOf(room, view.id);
  const held = (id: View['id']) => itemOf(room.views, id) ?? [];
  if (others.length === 0) return null;
  if (lead !== view.id)
    return (
      <p className={styles.link}>
        {t('archive:views.under')} <Links entries={[lead].flatMap(held)} room={room} />
      </p>
    );
  const { authors, endorsers } = supportOf(room, [lead, ...others].flatMap(held));
  return (
    <p className={styles.link}>
      {t('archive:views.merged')} <Links entries={others.flatMap(held)} room={room} />{' '}
      {t('archive:views.support', { authors: authors.length, count: endorsers.length })}
    </p>
  );
}

function Endorsers({ room, view }: { readonly room: Room; readonly view: View }): ReactNode {
  const t = useText();
  const names = endorsersOf(room, view).map((id) => nameOf(t, room.participants, id));
  if (names.length === 0) return null;
  return (
    <p className={styles.link} dir="auto">
      {t('archive:views.endorsedBy', { count: names.length, names: names.join('、') })}
    </p>
  );
}

type ReplyEntryProps = {
  readonly room: Room;
  readonly reply: Reply;
  /** The views that it answers. */
  readonly answered: readonly View[];
};

/** A department's answer: what it commits to, and which views it answers. */
export function ReplyEntry({ room, reply, answered }: ReplyEntryProps): ReactNode {
  const t = useText();
  return (
    <article id={anchorOf(reply.seq)} className={styles.reply}>
      <Byline room={room} by={reply.by} at={reply.at} seq={reply.seq}>
        <span className={styles.commitment} data-commitment={reply.commitment}>
          {t(`words:commitment.${reply.commitment}`)}
        </span>
      </Byline>
      <p className={styles.link}>
        {t('archive:views.repliesTo')} <Links entries={answered} room={room} />
      </p>
      <Words text={reply.text} />
      <AdoptedIn cited={{ kind: 'reply', id: reply.id }} />
    </article>
  );
}

type BylineProps = {
  readonly room: Room;
  readonly by: By;
  readonly at: string;
  readonly seq: number;
  readonly children: ReactNode;
};

function Byline({ room, by, at, seq, children }: BylineProps): ReactNode {
  const t = useText();
  const seat = isSomebody(by) ? room.participants[by] : undefined;
  return (
    <p className={styles.byline}>
      <a className={styles.seq} href={`#${anchorOf(seq)}`} aria-label={t('archive:views.entry', { seq })}>
        #{seq}
      </a>
      <strong dir="auto">{nameOf(t, room.participants, by)}</strong>
      {seat === undefined ? null : (
        <>
          <RoleBadge role={seat.role} />
          {seat.affiliation === '' ? null : <span dir="auto">{seat.affiliation}</span>}
        </>
      )}
      {children}
      <time dateTime={at}>{formatTimeExact(at)}</time>
      {room.plan === null ? null : (
        <a
          className={styles.replay}
          href={`/sessions/${room.plan.id}/replay#${anchorOf(seq)}`}
          aria-label={t('archive:views.replayFrom', { seq })}
        >
          {t('archive:views.replay')}
        </a>
      )}
    </p>
  );
}

function Words({ text }: { readonly text: string }): ReactNode {
  const t = useText();
  if (text === '') return <p className={record.empty}>{t('archive:views.erased')}</p>;
  return (
    <p className={styles.words} dir="auto">
      {text}
    </p>
  );
}

type Entry = { readonly seq: number; readonly by: By };

function Links({ entries, room }: { readonly entries: readonly Entry[]; readonly room: Room }): ReactNode {
  const t = useText();
  return entries.map((entry, index) => (
    <span key={entry.seq}>
      {index === 0 ? '' : '、'}
      <EntryLink seq={entry.seq} name={nameOf(t, room.participants, entry.by)} />
    </span>
  ));
}

function EntryLink({ seq, name }: { readonly seq: number; readonly name: string }): ReactNode {
  return (
    <a href={`#${anchorOf(seq)}`} dir="auto">
      #{seq} {name}
    </a>
  );
}
