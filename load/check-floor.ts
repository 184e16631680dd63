import { deedsOf, groupBy, type Broken, type Case } from './findings.ts';

/** Every request for the floor, and every withdrawal, that was acknowledged happened once. */
export function checkFloor(given: Case): Broken[] {
  const broken: Broken[] = [];
  const happened = given.log.flatMap(({ by, event }) => {
    if (event.type === 'floor:requested') return [`ask ${by}`];
    if (event.type === 'floor:withdrawn') return [`withdraw ${event.participantId}`];
    return [];
  });
  const counts = groupBy(happened, (name) => name);
  const asked = groupBy(deedsOf(given, 'floor'), ({ by, deed }) => `${deed.wish} ${by}`);
  for (const [name, deeds] of asked) {
    const done = deeds.filter(({ end }) => end === 'ok').length;
    const open = deeds.filter(({ end }) => end === 'unknown').length;
    const found = counts.get(name)?.length ?? 0;
    const what = `floor: ${name}: ${done} acknowledged, ${open} unknown, ${found} in the log`;
    if (found < done) broken.push({ promise: 'nothing acknowledged is lost', what });
    if (found > done + open) broken.push({ promise: 'nothing is there twice', what });
  }
  for (const [name] of counts)
    if (!asked.has(name))
      broken.push({ promise: 'nothing is there that nobody said', what: `floor: ${name}` });
  return broken;
}
