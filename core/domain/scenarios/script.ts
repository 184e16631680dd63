import { AgendaItemId, DocumentId, SessionId } from '../ids.ts';
import type { SessionPlan } from '../sessions.ts';
import { replyAct, taskAct, viewAct, voteActs, type Act } from './acts.ts';
import { recorderIn } from './casting.ts';
import { namingOf, shortNames, type Naming } from './names.ts';
import type { Scenario } from './scenario.ts';

/** One agenda item, and what happens while it is the current one. */
export type Scene = {
  readonly itemId: AgendaItemId;
  readonly title: string;
  readonly minutes: number;
  readonly acts: readonly Act[];
};

/** A scenario turned into what people do, in order. The same scope gives the same ids. */
export type Script = { readonly plan: SessionPlan; readonly scenes: readonly Scene[] };

type Item = Scenario['agenda'][number] & { readonly id: AgendaItemId };

const SPEAKING = new Set(['briefing', 'member_speech', 'public_speech', 'exchange']);

/** Turns a scenario into a script, with the given person in the chair. */
export function scriptOf(scenario: Scenario, scope: string, chair: string): Script {
  const names = namingOf(scope, scenario.id);
  const items = itemsOf(scenario, names);
  const acts = share(scenario, items, names, chair);
  return {
    plan: planOf(scenario, names, items),
    scenes: items.map(({ id, title, minutes }, index) => ({
      itemId: id,
      title,
      minutes,
      acts: acts[index] ?? [],
    })),
  };
}

function itemsOf(scenario: Scenario, names: Naming): Item[] {
  return scenario.agenda
    .map((item, index) => ({ ...item, order: item.order ?? index + 1 }))
    .sort((a, b) => a.order - b.order)
    .map((item, index) => ({ ...item, id: AgendaItemId.parse(names('item', String(index + 1))) }));
}

function planOf(scenario: Scenario, names: Naming, items: readonly Item[]): SessionPlan {
  const venueId = shortNames(
    scenario.venues.map((venue) => venue.id),
    'venue',
  );
  const { type, detail, collected } = scenario.source;
  const minutes = items.reduce((sum, item) => sum + item.minutes, 0);
  return {
    id: SessionId.parse(names('session', '')),
    title: scenario.title,
    mode: scenario.mode,
    plannedMinutes: scenario.plannedMinutes ?? Math.max(1, minutes),
    background: scenario.background,
    source: { kind: type, detail, collected },
    studioName: scenario.studio.name,
    documentId: DocumentId.parse(names('document', '')),
    documentTitle: scenario.outcome.docType,
    venues: scenario.venues.map(({ id, name, kind }) => ({ id: venueId(id), name, kind })),
    agenda: items.map(({ id, title, kind, speakerRole, minutes: planned }) => ({
      id,
      title,
      kind,
      speakerRole,
      minutes: planned,
    })),
  };
}

/** What happens at each item, in the agenda's order. Views keep the order of the file. */
function share(scenario: Scenario, items: readonly Item[], names: Naming, chair: string): Act[][] {
  const at = (...kinds: string[]) => items.flatMap((item, i) => (kinds.includes(item.kind) ? [i] : []));
  const last = items.length - 1;
  const speaking = at(...SPEAKING);
  const drafting = at('drafting')[0] ?? at('closing')[0] ?? last;
  const polling = at('poll').length > 0 ? at('poll') : [drafting];
  const acts: Act[][] = items.map(() => []);
  const itemOf = shareViews(scenario, items, speaking.length > 0 ? speaking : [0]);
  for (const view of scenario.views) acts[itemOf.get(view.id) ?? 0]?.push(viewAct(view, names));
  for (const reply of scenario.departmentReplies) {
    const ready = Math.max(0, ...reply.toViews.map((id) => itemOf.get(id) ?? 0));
    const item = at('response').find((index) => index >= ready) ?? ready;
    acts[item]?.push(replyAct(reply, names));
  }
  for (const [index, vote] of scenario.votes.entries()) {
    const item = polling[Math.floor((index * polling.length) / scenario.votes.length)] ?? last;
    acts[item]?.push(...voteActs(scenario, vote, names, chair));
  }
  const recorder = recorderIn(scenario) ?? chair;
  const tasks = scenario.followUps.map((task) => taskAct(task, names, recorder));
  acts[drafting]?.push({ type: 'write' }, ...tasks);
  return acts;
}

/** Shares the views over the items where people speak, by the minutes of the items. */
function shareViews(scenario: Scenario, items: readonly Item[], speaking: readonly number[]) {
  const weights = speaking.map((index) => Math.max(1, items[index]?.minutes ?? 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let passed = 0;
  const ends = weights.map((weight) => (passed += weight) / whole);
  const last = speaking[speaking.length - 1] ?? 0;
  return new Map(
    scenario.views.map((view, index) => {
      const turn = ends.findIndex((end) => index / scenario.views.length < end - 1e-9);
      return [view.id, speaking[turn] ?? last];
    }),
  );
}
