import type { Envelope } from '../../core/domain/events.ts';
import { MASK } from '../../core/domain/word-list.ts';
import { currentText } from '../lib/i18n.ts';
import { notify } from '../ui/notices.tsx';

/** What is written at these doors shows nowhere how much of it was covered; views say so on their cards. */
const TOLD: ReadonlySet<string> = new Set([
  'postReply',
  'takeQuestion',
  'passQuestion',
  'signOutcome',
  'addAgendaItem',
  'preparePoll',
  'revisePoll',
  'recordTask',
  'addMaterial',
  'makeRemark',
  'answerRemark',
]);
const PLACES = new RegExp(`${MASK}+`, 'gu');

/** In how many places the list of words covered what somebody sent, by what came of it. */
export function coveredPlaces(door: string, body: unknown, events: readonly Envelope[]): number {
  return TOLD.has(door) ? Math.max(0, placesIn(events) - placesIn(body)) : 0;
}

/** Never silently: whoever wrote it is told at once [X10]. */
export function tellCovered(door: string, body: unknown, events: readonly Envelope[]): void {
  const count = coveredPlaces(door, body, events);
  if (count > 0) notify('calm', currentText()('room:moderation.masked', { count }));
}

function placesIn(value: unknown): number {
  return (JSON.stringify(value) ?? '').match(PLACES)?.length ?? 0;
}
