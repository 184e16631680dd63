import { recountSeats } from './seats.ts';
import {
  fieldOf,
  idsOf,
  type Asked,
  type Bound,
  type Counted,
  type Judged,
  type Limit,
  type LimitReached,
  type People,
  type Question,
  type QuorumReached,
  type Tallied,
  type Verdict,
} from './shapes.ts';
import { AGAINST, entriesOf, FOR, numberOf, othersOf, recountLeaders } from './standing.ts';

/** What is judged by itself: the question, or one of its items, with what each mark (or choosing it) got. */
type Item = { readonly itemId: string | null; readonly got: unknown };

/** Judges a count of one chamber again, by the words of docs/polls.md. */
export function recountVerdict(tallied: Tallied): Verdict {
  const { question, people, count } = tallied;
  const quorum = quorums(question, people);
  const isQuorate = quorum.every(({ isMet }) => isMet);
  const heads = itemsOf(question.ask, tallied.heads);
  const judgements = itemsOf(question.ask, count).map((item, n): Judged => {
    const thresholds = question.rules.thresholds.map((limit) => reached(limit, item, tallied));
    const isMet = thresholds.every((limit) => limit.isMet);
    return {
      itemId: item.itemId,
      thresholds,
      outcome: outcome(tallied, { isQuorate, isMet, thresholds, item, heads: heads[n] ?? item }),
    };
  });
  return {
    quorum,
    judgements,
    leaders: recountLeaders(question.ask, count),
    ...recountSeats(tallied, judgements, isQuorate),
    isTargetReached:
      question.ask.kind === 'signup' ? numberOf(count['marks'], 'yes') >= (question.ask.target ?? 0) : null,
  };
}

/** Whether part stands so to whole × fraction. Of an empty whole only an upper bound is kept. */
function stands({ relation, of }: Bound, part: number, whole: number): boolean {
  const left = BigInt(part) * BigInt(of.whole);
  const right = BigInt(whole) * BigInt(of.part);
  if (relation === 'at_most') return left <= right;
  if (whole === 0) return false;
  return relation === 'more' ? left > right : left >= right;
}

function quorums({ rules }: Question, people: People): readonly QuorumReached[] {
  const attending = Math.min(people.presentAtOpening, people.presentAtStop);
  const asked = [
    { what: 'attendance', bound: rules.quorum.attendance, part: attending, whole: people.due },
    { what: 'participation', bound: rules.quorum.participation, part: people.cast, whole: people.entitled },
  ];
  return asked.flatMap(({ what, bound, part, whole }) =>
    bound === null ? [] : [{ what, ...bound, part, whole, isMet: stands(bound, part, whole) }],
  );
}

/** Items in the order of the poll; others who were named come last, 以上都不 is none of them. */
function itemsOf(ask: Asked, count: Counted): readonly Item[] {
  if (count.of === 'marks') return [{ itemId: null, got: count['marks'] }];
  if (count.of === 'choices') {
    return entriesOf(count, 'choices', idsOf(ask)).map(([itemId, chosen]) => ({ itemId, got: { chosen } }));
  }
  if (count.of !== 'each') return [];
  return [
    ...entriesOf(count, 'each', idsOf(ask)).map(([itemId, got]) => ({ itemId, got })),
    ...entriesOf(count, 'others', othersOf(ask))
      .filter(([, papers]) => Number(papers) > 0)
      .map(([itemId, yes]) => ({ itemId, got: { yes } })),
  ];
}

function sumOf(got: unknown, marks: readonly string[]): number {
  return marks.reduce((sum, mark) => sum + numberOf(got, mark), 0);
}

function reached(limit: Limit, { got }: Item, tallied: Tallied): LimitReached {
  const part = numberOf(got, limit.on);
  const whole = base(limit.base, got, tallied);
  return { ...limit, part, whole, isMet: stands(limit, part, whole) };
}

/** Marks that take no side. */
const NO_SIDE = ['abstain', 'skip', 'unknown'];

function base(name: string, got: unknown, { people, weighed }: Tallied): number {
  const marks = Object.keys(Object(got));
  if (name === 'yes_no_abstain') return sumOf(got, marks);
  if (name === 'yes_no') {
    return sumOf(
      got,
      marks.filter((mark) => !NO_SIDE.includes(mark)),
    );
  }
  const sizes = {
    due: people.due,
    entitled: people.entitled,
    present: people.entitledPresent,
    cast: weighed?.cast ?? people.cast,
    valid: weighed?.valid ?? people.valid,
  };
  return Number(fieldOf(sizes, name));
}

type Found = {
  readonly isQuorate: boolean;
  readonly isMet: boolean;
  readonly thresholds: readonly LimitReached[];
  readonly item: Item;
  readonly heads: Item;
};

const LIKED = [...FOR, 'chosen'];

function outcome(tallied: Tallied, found: Found): string | null {
  const { ask, rules } = tallied.question;
  const { cast } = tallied.people;
  const isAcclaimed = ask.kind === 'acclamation';
  if (rules.thresholds.length === 0 && !isAcclaimed) return null;
  const word = (consultation: string, internal: string) =>
    rules.profile === 'consultation' ? consultation : internal;
  if (!found.isQuorate) return word('further', 'no_quorum');
  if ((isAcclaimed ? tallied.people.entitledPresent : cast) === 0) return word('further', 'lost');
  const inFavour = sumOf(found.item.got, LIKED);
  const against = sumOf(found.item.got, AGAINST);
  const asked = found.thresholds.filter(({ on }) => on === 'conditional' || on === 'mostly');
  const isWanted = inFavour > 0 || asked.some(({ relation, part }) => relation !== 'at_most' && part > 0);
  if (isAcclaimed ? against === 0 : found.isMet && isWanted) {
    const isEverybody = sumOf(found.heads.got, LIKED) === cast;
    return word(isEverybody ? 'unanimous' : 'broad', 'carried');
  }
  if (rules.tie !== 'fails' && isDraw(tallied, found)) return 'tied';
  const isDebated = isAcclaimed || inFavour + sumOf(found.item.got, ['conditional', 'mostly']) > 0;
  return word(isDebated ? 'divided' : 'further', 'lost');
}

const SIDED = ['yes_no', 'yes_no_abstain', 'conditional', 'counted', 'each'];

/** Both sides alike, or first with another; and a single further paper in favour would have been enough. */
function isDraw(tallied: Tallied, { item }: Found): boolean {
  const { ask, rules } = tallied.question;
  if (SIDED.includes(ask.kind)) {
    const inFavour = sumOf(item.got, FOR);
    if (inFavour === 0 || inFavour !== sumOf(item.got, AGAINST)) return false;
  } else if (ask.kind === 'single' || ask.kind === 'multiple') {
    const leaders = recountLeaders(ask, tallied.count);
    if (leaders.length < 2 || !leaders.includes(item.itemId ?? '')) return false;
  } else return false;
  const vote = tallied.weighed === null ? 1 : 1_000_000;
  const on = SIDED.includes(ask.kind) ? 'yes' : 'chosen';
  const got = { ...Object(item.got), [on]: numberOf(item.got, on) + vote };
  const { people, weighed } = tallied;
  const further: Tallied = {
    ...tallied,
    people: { ...people, cast: people.cast + 1, valid: people.valid + 1 },
    weighed: weighed && { cast: weighed.cast + vote, valid: weighed.valid + vote },
  };
  return rules.thresholds.every((limit) => reached(limit, { ...item, got }, further).isMet);
}
