import type { ViewId } from '../../../core/domain/ids.ts';
import { groupOf } from '../../../core/domain/room/groups.ts';
import { supportOf } from '../../../core/domain/room/merging.ts';
import type { View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import { shownWords } from '../../room/shown-words.ts';
import { useRoomState, useSend } from '../../room/use-room.ts';
import { useHeldViews } from '../../room/use-held-view.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { StanceBadge } from '../../ui/stance-badge.tsx';
import styles from './curating.module.css';
import { useCurating } from './use-curating.ts';

interface MergedViewsProps {
  readonly lead: View;
  readonly mayCurate: boolean;
}

/** What was merged under a view: each with its author and words, and who stands behind them all, each person once [C4]. */
export function MergedViews({ lead, mayCurate }: MergedViewsProps) {
  const t = useText();
  const said = useRoomState(({ room }) => room);
  const ids = groupOf(said, lead.id);
  const others = ids.filter((id) => id !== lead.id);
  const held = useHeldViews(said, ids);
  const { authors, endorsers } = supportOf(said, held);
  const missing = ids.length - held.length;
  return (
    <details className={styles.merged}>
      <summary>
        {t('room:curating.merged', { count: ids.length })}
        {' · '}
        {t('room:curating.support', { authors: authors.length, count: endorsers.length })}
        {missing > 0 ? ` ${t('room:curating.missing', { count: missing })}` : null}
      </summary>
      <ul role="list">
        {others.map((id) => (
          <MergedView
            key={id}
            {...{ id, mayCurate }}
            leadId={lead.id}
            view={held.find((one) => one.id === id) ?? null}
          />
        ))}
      </ul>
    </details>
  );
}

interface MergedViewProps {
  readonly id: ViewId;
  /** Null until it has come. */
  readonly view: View | null;
  readonly leadId: ViewId;
  readonly mayCurate: boolean;
}

function MergedView({ id, view, leadId, mayCurate }: MergedViewProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const { nameOf } = useCurating();
  return (
    <li className={styles.one} data-merged-id={id}>
      {view === null ? (
        <span>{t('room:curating.coming')}</span>
      ) : (
        <>
          <span className={styles.byline}>
            #{view.seq} <StanceBadge stance={view.stance} /> <strong dir="auto">{nameOf(view.by)}</strong>{' '}
            <Endorsed view={view} />
          </span>
          <span className={styles.words} dir="auto">
            {shownWords(t, view)}
          </span>
        </>
      )}
      {mayCurate ? (
        <ActButton
          isSmall
          aria-label={t('room:curating.splitOf', { seq: view?.seq ?? 0 })}
          onAct={() => tell(send('splitViews', { body: { lead: leadId, others: [id] } }))}
        >
          {t('room:curating.split')}
        </ActButton>
      ) : null}
    </li>
  );
}

function Endorsed({ view }: { readonly view: View }) {
  const t = useText();
  const count = view.endorsedBy?.length ?? 0;
  return count === 0 ? null : <span>{t('room:views.endorseCount', { count })}</span>;
}
