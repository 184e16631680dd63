import { canonical } from '../core/domain/canonical.ts';
import { applyAll } from '../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../core/domain/room/state.ts';
import { deedsOf, type Broken, type Case } from './findings.ts';
import { extend, lineFrom, markOf } from './line.ts';

/** Seqs 1, 2, 3 … and the same events in the same order for every ear, up to the last. */
export function checkOrder({ log, heard }: Pick<Case, 'log' | 'heard'>): Broken[] {
  const gap = log.findIndex(({ seq }, index) => seq !== index + 1);
  if (gap !== -1) return [{ promise: 'the log has no gap', what: `${log[gap]?.seq} stands at ${gap + 1}` }];
  const marks = log.map(markOf);
  const truths = new Map<number, number>();
  const truth = (from: number) => {
    const known = truths.get(from) ?? extend(lineFrom(from), marks)?.print ?? -1;
    truths.set(from, known);
    return known;
  };
  return heard.flatMap(({ reader, line, repeated }): Broken[] => {
    if (repeated > 0)
      return [{ promise: 'nothing is there twice', what: `${reader} heard ${repeated} packets again` }];
    if (line.seq === log.length && line.print === truth(line.from)) return [];
    return [
      {
        promise: 'everybody hears the same in the same order',
        what:
          line.seq === log.length
            ? `${reader} heard something else between ${line.from} and ${line.seq}`
            : `${reader} heard up to ${line.seq} of ${log.length}`,
      },
    ];
  });
}

/** A read shows at least what anybody had been told, or shown, before it was asked. */
export function checkReads(given: Case): Broken[] {
  const told = given.operations
    .filter(({ end, seq }) => end === 'ok' && seq !== null)
    .sort((a, b) => a.endedAt - b.endedAt);
  const reads = deedsOf(given, 'read')
    .filter(({ end }) => end === 'ok')
    .sort((a, b) => a.askedAt - b.askedAt);
  const broken: Broken[] = [];
  let [next, known] = [0, 0];
  for (const read of reads) {
    for (let one = told[next]; one !== undefined && one.endedAt < read.askedAt; one = told[next]) {
      known = Math.max(known, one.seq ?? 0);
      next += 1;
    }
    if ((read.seq ?? 0) < known)
      broken.push({
        promise: 'nobody reads less than was acknowledged before',
        what: `${read.by} read up to ${read.seq} when ${known} had been acknowledged`,
      });
  }
  return broken;
}

/** Whoever comes last is given the fold of the log. */
export function checkLate({ log, late }: Case): Broken[] {
  // A log with a gap folds to nothing, and has been told of.
  if (log.some(({ seq }, index) => seq !== index + 1)) return [];
  if (canonical(applyAll(EMPTY_ROOM, log)) === canonical(late)) return [];
  return [
    { promise: 'who comes late gets everything', what: `a room at ${late.seq}, the log is at ${log.length}` },
  ];
}

/** Every edit that was called saved stands in the text once, and the text is one. */
export function checkText(given: Case): Broken[] {
  const [first] = given.texts;
  if (first === undefined) return [];
  const broken: Broken[] = given.texts
    .filter(({ text }) => text !== first.text)
    .map(({ reader }) => ({
      promise: 'everybody has the same text',
      what: `${reader} and ${first.reader} differ`,
    }));
  for (const { deed, by, end } of deedsOf(given, 'edit')) {
    const times = first.text.split(deed.mark).length - 1;
    if (end === 'ok' && times === 0)
      broken.push({ promise: 'nothing acknowledged is lost', what: `edit ${deed.mark} of ${by}` });
    if (times > 1) broken.push({ promise: 'nothing is there twice', what: `edit ${deed.mark} of ${by}` });
  }
  return broken;
}
