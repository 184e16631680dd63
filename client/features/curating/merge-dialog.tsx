import { useState } from 'react';
import type { ViewId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { guardMerge } from '../../../core/domain/room/merging.ts';
import { groupOf, groupsOf } from '../../../core/domain/room/groups.ts';
import { folded } from '../../../core/domain/room/search.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { View } from '../../../core/domain/views.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import type { LiveState } from '../../room/live-room.ts';
import { useRoomState, useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { StanceBadge } from '../../ui/stance-badge.tsx';
import styles from './curating.module.css';
import { useCurating } from './use-curating.ts';
import { useEarlierSaying } from './use-earlier-saying.ts';

/** As many are offered at once; a search finds the others. */
const OFFERED = 30;

interface MergeDialogProps {
  readonly view: View;
  readonly onClose: () => void;
}

/** Which views say the same as this one, and which of them leads. */
export function MergeDialog({ view, onClose }: MergeDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const { room, who, nameOf } = useCurating();
  const views = useRoomState(heldViews);
  const [query, setQuery] = useState('');
  const { isLooking, error } = useEarlierSaying(query);
  const listed = offered({ room, view, views, query });
  const [chosen, setChosen] = useState<readonly ViewId[]>([]);
  const [lead, setLead] = useState<ViewId | null>(null);
  const leads = groupsOf(room).others.has(view.id);
  const all = views.filter(({ id }) => id === view.id || chosen.includes(id));
  // Whoever leads already goes on leading; else the earliest of them, unless another is chosen.
  const leader = leads ? view.id : (all.find(({ id }) => id === lead)?.id ?? all[0]?.id ?? view.id);
  const merging = { lead: leader, others: [view.id, ...chosen].filter((id) => id !== leader) };
  const allowed = chosen.length === 0 ? null : guardMerge(room, who, merging);
  const most = LIMITS.viewsPerMerge - groupOf(room, view.id).length;
  const toggle = (id: ViewId) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const words = (id: ViewId) => {
    const one = views.find((candidate) => candidate.id === id);
    return one === undefined ? '' : `#${one.seq} ${nameOf(one.by)}：${one.text.slice(0, 30)}`;
  };
  return (
    <Dialog
      isOpen
      width="middle"
      title={t('room:curating.mergeTitle')}
      closeLabel={t('room:curating.cancel')}
      onClose={onClose}
    >
      <p>{t('room:curating.mergeHint', { seq: view.seq, name: nameOf(view.by) })}</p>
      <input
        type="search"
        className={styles.search}
        aria-label={t('room:curating.find')}
        placeholder={t('room:curating.find')}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <p role="status" className={styles.looking}>
        {isLooking ? t('room:curating.looking') : null}
        {error === null
          ? null
          : `${t('room:curating.onlyHeld')} ${reasonText(t, error.reason, error.details)}`}
        {!isLooking && error === null && listed.length === 0 ? t('room:curating.noneSaying') : null}
      </p>
      <ul role="list" className={styles.candidates}>
        {listed.map((one) => (
          <li key={one.id}>
            <label className={styles.candidate}>
              <input
                type="checkbox"
                checked={chosen.includes(one.id)}
                disabled={!chosen.includes(one.id) && chosen.length >= most}
                onChange={() => toggle(one.id)}
              />
              <span>
                <span className={styles.byline}>
                  #{one.seq} <StanceBadge stance={one.stance} /> <strong dir="auto">{nameOf(one.by)}</strong>
                </span>
                <span className={styles.words} dir="auto">
                  {one.text}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {leads || chosen.length === 0 ? null : (
        <Choice
          label={t('room:curating.lead')}
          value={leader}
          options={all.map(({ id }) => ({ value: id, text: words(id) }))}
          onChoose={(id) => setLead(all.find((one) => one.id === id)?.id ?? null)}
        />
      )}
      {allowed?.ok === false ? (
        <p role="alert">{reasonText(t, allowed.error.reason, allowed.error.facts)}</p>
      ) : null}
      <div className={styles.foot}>
        <Button onClick={onClose}>{t('room:curating.cancel')}</Button>
        <ActButton
          kind="main"
          disabled={allowed?.ok !== true}
          onAct={async () => {
            if (await tell(send('mergeViews', { body: merging }))) onClose();
          }}
        >
          {t('room:curating.mergeCount', { count: chosen.length + 1 })}
        </ActButton>
      </div>
    </Dialog>
  );
}

type Offer = {
  readonly room: Room;
  readonly view: View;
  readonly views: readonly View[];
  readonly query: string;
};

/** The views of the room with the earlier ones that somebody looked for, in the order they were said. */
function heldViews({ room: { views, earlier } }: LiveState): readonly View[] {
  return [...(earlier?.cited ?? []), ...views];
}

/** Views that are held and stand for themselves, the newest first. */
function offered({ room, view, views, query }: Offer): readonly View[] {
  const { leads, others } = groupsOf(room);
  const needle = folded(query.trim());
  return views
    .filter(
      ({ id, withdrawnAt, hidden }) =>
        id !== view.id &&
        withdrawnAt === undefined &&
        hidden === undefined &&
        !leads.has(id) &&
        !others.has(id),
    )
    .filter(({ text }) => needle === '' || folded(text).includes(needle))
    .slice(-OFFERED)
    .reverse();
}
