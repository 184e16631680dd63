import { tableOf } from './counts.ts';
import { fieldOf, idsOf, type Asked, type Counted } from './shapes.ts';

/** Marks that are for what is asked, and against it. */
export const FOR = ['yes', 'agree', 'satisfied'];
export const AGAINST = ['no', 'disagree', 'block', 'dissatisfied'];

/** How much one thing got: a fraction, so that means are compared exactly. */
type Got = { readonly id: string; readonly part: bigint; readonly of: bigint };

/** Whatever stands first, several where they draw, in the order of the paper; nobody where nobody got anything. */
export function recountLeaders(ask: Asked, count: Counted): readonly string[] {
  if (count.of === 'runoff') return stringsOf(count, 'winners');
  if (count.of === 'stv') return stringsOf(count, 'elected');
  const got = gains(ask, count);
  return got
    .filter((one) => got.every((other) => one.part * other.of >= other.part * one.of))
    .map(({ id }) => id);
}

/** What each thing got by which it can stand first; without those that got nothing. */
function gains(ask: Asked, count: Counted): readonly Got[] {
  const ids = idsOf(ask);
  switch (count.of) {
    case 'choices':
      return above(entriesOf(count, 'choices', ids));
    case 'ranks':
      return above(entriesOf(count, 'points', ids));
    case 'scores':
      return ask.kind === 'points'
        ? above(entriesOf(count, 'each', ids).map(([id, score]) => [id, fieldOf(score, 'sum')]))
        : entriesOf(count, 'each', ids).flatMap(([id, score]) => mean(id, score));
    case 'each':
      return above([
        ...entriesOf(count, 'each', ids).map(([id, marks]) => [id, favour(ask, marks)] as const),
        ...entriesOf(count, 'others', othersOf(ask)),
      ]);
    default:
      return [];
  }
}

function favour(ask: Asked, marks: unknown): number {
  if (ask.kind === 'slots') return 2 * numberOf(marks, 'yes') + numberOf(marks, 'maybe');
  return FOR.reduce((sum, mark) => sum + numberOf(marks, mark), 0);
}

function mean(id: string, score: unknown): readonly Got[] {
  const papers = numberOf(score, 'papers');
  return papers === 0 ? [] : [{ id, part: BigInt(numberOf(score, 'sum')), of: BigInt(papers) }];
}

function above(entries: readonly (readonly [string, unknown])[]): readonly Got[] {
  return entries
    .map(([id, got]) => ({ id, part: BigInt(Number(got ?? 0)), of: 1n }))
    .filter(({ part }) => part > 0n);
}

export function numberOf(json: unknown, name: string): number {
  const number = fieldOf(json, name);
  return typeof number === 'number' ? number : 0;
}

/** What a table of a count has under these ids, in their order: JSON keeps none of its own. */
export function entriesOf(
  count: Counted,
  field: string,
  ids: readonly string[],
): readonly (readonly [string, unknown])[] {
  return ids.map((id) => [id, fieldOf(tableOf(count, field), id)]);
}

export function othersOf(ask: Asked): readonly string[] {
  return (ask.others ?? []).map(({ id }) => id);
}

export function stringsOf(count: Counted, field: string): readonly string[] {
  const list = count[field];
  return Array.isArray(list) ? list.map(String) : [];
}
