import { idsOf, type Judged, type Tallied, type Verdict } from './shapes.ts';
import { entriesOf, numberOf, othersOf, stringsOf } from './standing.ts';

/** Who has the seats of an election or of a transferable vote, and who draws for the last of them. */
export function recountSeats(
  { question: { ask }, count }: Tallied,
  judgements: readonly Judged[],
  isQuorate: boolean,
): Pick<Verdict, 'elected' | 'drawn'> {
  if (ask.kind === 'stv') return { elected: isQuorate ? stringsOf(count, 'elected') : [], drawn: [] };
  if (ask.kind !== 'election') return { elected: null, drawn: [] };
  const votes = new Map([
    ...entriesOf(count, 'each', idsOf(ask)).map(([id, marks]) => [id, numberOf(marks, 'yes')] as const),
    ...entriesOf(count, 'others', othersOf(ask)).map(([id, papers]) => [id, Number(papers)] as const),
  ]);
  const fit = judgements
    .filter(({ thresholds }) => isQuorate && thresholds.every(({ isMet }) => isMet))
    .map(({ itemId }) => itemId ?? '')
    .filter((id) => (votes.get(id) ?? 0) > 0);
  // How many stand before somebody, and how many stand exactly there, tell whether there is a seat.
  const before = (id: string) => fit.filter((other) => (votes.get(other) ?? 0) > (votes.get(id) ?? 0)).length;
  const level = (id: string) => fit.filter((other) => votes.get(other) === votes.get(id)).length;
  const seats = ask.seats ?? 0;
  const elected = fit.filter((id) => before(id) + level(id) <= seats).sort((a, b) => before(a) - before(b));
  const drawn = fit.filter((id) => before(id) < seats && before(id) + level(id) > seats);
  return { elected, drawn };
}
