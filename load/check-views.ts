import type { Envelope } from '../core/domain/events.ts';
import { deedsOf, groupBy, type Broken, type Case } from './findings.ts';

type Posted = { readonly seq: number; readonly by: string; readonly id: string; readonly text: string };

function postedIn(log: readonly Envelope[]): readonly Posted[] {
  return log.flatMap(({ seq, by, event }) =>
    event.type === 'view:posted' ? [{ seq, by, id: event.view.id, text: event.view.text }] : [],
  );
}

/** Every view that was acknowledged stands in the log once, as it was said; no other does. */
export function checkViews(given: Case): Broken[] {
  const views = deedsOf(given, 'view');
  const posted = postedIn(given.log);
  const byId = groupBy(posted, ({ id }) => id);
  const said = new Map(views.map((view) => [view.deed.id, view]));
  const broken: Broken[] = [];
  for (const { deed, by, end, seq } of views) {
    const found = byId.get(deed.id) ?? [];
    const first = found[0];
    if (end === 'ok' && first === undefined)
      broken.push({ promise: 'nothing acknowledged is lost', what: `view ${deed.id} of ${by}` });
    if (end === 'fail' && first !== undefined)
      broken.push({ promise: 'what was refused is not there', what: `view ${deed.id} at ${first.seq}` });
    if (first === undefined) continue;
    const isSame = first.by === by && first.text === deed.text && (end !== 'ok' || seq === first.seq);
    if (!isSame)
      broken.push({
        promise: 'nothing acknowledged is lost',
        what: `view ${deed.id} of ${by}, acknowledged at ${seq}, is another at ${first.seq}`,
      });
  }
  // The same words under another id are the same view too: every text is said once.
  for (const [text, same] of groupBy(posted, (view) => `${view.by} ${view.text}`)) {
    if (same.length > 1 && same.some(({ id }) => said.has(id)))
      broken.push({
        promise: 'nothing is there twice',
        what: `view “${text}” at ${same.map(({ seq }) => seq).join(', ')}`,
      });
  }
  for (const { id, seq, by } of posted)
    if (!said.has(id))
      broken.push({
        promise: 'nothing is there that nobody said',
        what: `view ${id} of ${by} at ${seq}`,
      });
  return broken;
}
