import { guardLiveAct } from '../../../core/domain/room/guards.ts';
import { groupsOf } from '../../../core/domain/room/groups.ts';
import type { View } from '../../../core/domain/views.ts';
import { part } from '../../ui/part.tsx';
import styles from './curating.module.css';
import { useCurating } from './use-curating.ts';

const CurateActs = part(async () => (await import('./curate-acts.tsx')).CurateActs, { of: 'desk' });
const MergedViews = part(async () => (await import('./merged-views.tsx')).MergedViews, {
  of: 'everybody',
  waiting: 'patiently',
});

/** Below a view: what was merged under it, and for those who keep the record, what brings it out. */
export function CurateView({ view }: { readonly view: View }) {
  const { room, who } = useCurating();
  const mayCurate = guardLiveAct(room, who, 'view:curate').ok;
  const isLead = groupsOf(room).others.has(view.id);
  if (!isLead && !mayCurate) return null;
  return (
    <div className={styles.below}>
      {isLead ? <MergedViews lead={view} mayCurate={mayCurate} /> : null}
      {mayCurate ? <CurateActs view={view} /> : null}
    </div>
  );
}
