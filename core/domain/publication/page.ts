import { z } from 'zod';
import { calledIn } from '../documents/words.ts';
import { oneLine, reservationsOf } from '../documents/parts.ts';
import { pollWords } from '../documents/poll-words.ts';
import { daysLater } from '../documents/numbers.ts';
import { Sha256 } from '../files.ts';
import { Instant } from '../ids.ts';
import { LEVELS, levelOfPoint } from '../levels.ts';
import type { OutcomeNode } from '../outcome.ts';
import type { Role } from '../people.ts';
import type { ClosedPoll, Poll } from '../polls/poll.ts';
import { exposedBy } from '../polls/small-cells.ts';
import { blocksOf } from '../record/blocks.ts';
import { roomSeenBy } from '../room/seen-by.ts';
import type { Room, Seat } from '../room/state.ts';
import { namesPart, type TextPart } from '../text-parts.ts';

const lines = z.array(z.string()).readonly();

/** What everybody may read of a sealed session: who asked what of it, what came of it, who does what by when [PP3]. */
export const PublicPage = z.strictObject({
  title: z.string(),
  /** The studio that held it; '' where none did. */
  studioName: z.string(),
  heldAt: Instant.nullable(),
  sealedAt: Instant,
  /** What was asked, in the words of its plan; '' where it says no more than the title. */
  question: z.string(),
  /** Points that were agreed on, and how far. */
  agreed: z.array(z.strictObject({ words: z.string(), level: z.enum(LEVELS).nullable() })).readonly(),
  /** What remains open: points that are not agreed on, differences, and reservations of those who signed. */
  open: lines,
  reservations: lines,
  polls: z.array(z.strictObject({ question: z.string(), result: z.string() })).readonly(),
  tasks: z
    .array(
      z.strictObject({
        task: z.string(),
        department: z.string(),
        cooperating: lines,
        due: z.string(),
        acceptance: z.string(),
      }),
    )
    .readonly(),
  /** What the text itself says of them. */
  taskWords: lines,
  /** By which whoever has the record finds that it is the same. */
  textSha256: Sha256,
});
export type PublicPage = z.infer<typeof PublicPage>;

/** A sealed session that has a public page: not where it was private, or broken off [PP1]. */
export function hasPublicPage({ state, plan }: Pick<Room, 'state' | 'plan'>): boolean {
  return state === 'archived' && plan !== null && plan.isPrivate !== true;
}

type Sealed = {
  readonly room: Room;
  readonly outcome: OutcomeNode;
  readonly outcomeHash: string;
  readonly sealedAt: string;
};

/**
 * The page of a sealed session. It holds what was sealed and nobody's views; of polls their published results; whoever is
 * there for themselves, and every guest, is called by role and a short number, in what others wrote of them too [PP3].
 */
export function publicPageOf({ room: whole, outcome, outcomeHash, sealedAt }: Sealed): PublicPage {
  const room = roomSeenBy(whole, 'room');
  const nameless = withoutPrivateNames(room);
  const mask = maskOf(room, nameless);
  const { plan } = room;
  const points = pointsOf(outcome);
  const agreed = points.consensus.map((words) => ({ words, level: levelOfPoint(words)?.level ?? null }));
  const isOpen = ({ level }: (typeof agreed)[number]) => level === 'divided' || level === 'further';
  const page: PublicPage = {
    title: plan?.title ?? '',
    studioName: plan?.studioName ?? '',
    heldAt: room.openedAt,
    sealedAt,
    question: plan?.background ?? '',
    agreed: agreed.filter((point) => !isOpen(point)),
    open: [...agreed.filter(isOpen).map(({ words }) => words), ...points.differences],
    reservations: reservationsOf(nameless),
    polls: room.polls.filter(isPublished).map((poll) => ({
      question: poll.draft.question,
      // Its sentence is ours, its options are people's: a guest who is called 赞成 changes no count.
      result: isTooSmall(poll)
        ? '参加的人数很少，票数不公布。'
        : pollWords({ ...poll, draft: masked(poll.draft, mask, ['text']) }),
    })),
    tasks: room.tasks.map(({ task, department, cooperating, dueDays, acceptance }) => {
      return { task, department, cooperating, due: daysLater(sealedAt, dueDays), acceptance };
    }),
    taskWords: points.tasks,
    textSha256: outcomeHash,
  };
  return masked(page, mask, WRITTEN);
}

/** The paragraphs of each part of a text: those below its heading; where none names it, those that name it themselves. */
function pointsOf(outcome: OutcomeNode): Readonly<Record<TextPart, readonly string[]>> {
  const blocks = blocksOf(outcome).filter(({ node, words }) => node.type === 'paragraph' && words !== '');
  const taken = new Set<number>();
  const of = (part: TextPart): readonly string[] => {
    const below = blocks.filter(({ heading }) => namesPart(part, heading));
    const found = below.length > 0 ? below : blocks.filter(({ words }) => namesPart(part, words));
    const own = found.filter(({ number }) => !taken.has(number));
    for (const { number } of own) taken.add(number);
    return own.map(({ words }) => oneLine(words));
  };
  return { consensus: of('consensus'), differences: of('differences'), tasks: of('tasks') };
}

/** Who speaks for nobody but themselves. */
const PRIVATE_ROLES: readonly Role[] = ['resident', 'stakeholder', 'observer'];
function isPublished(poll: Poll): poll is ClosedPoll {
  return poll.phase === 'closed' && poll.result !== null && poll.voided === undefined;
}

/** Of so few papers whose names are kept even the whole says too much to everybody [B18]. */
function isTooSmall({ draft, result }: ClosedPoll): boolean {
  return result !== null && exposedBy(draft.rules, result).some(({ why }) => why === 'few');
}

function isPrivate({ isGuest, role }: Seat): boolean {
  return isGuest || PRIVATE_ROLES.includes(role);
}

function withoutPrivateNames(room: Room): Room {
  const seats = Object.entries(room.participants).map(
    ([id, seat]) => [id, isPrivate(seat) ? { ...seat, name: '', affiliation: '' } : seat] as const,
  );
  return { ...room, participants: Object.fromEntries(seats) };
}

/** What people wrote: names are looked for here, and in no date, level, fingerprint or count. */
const WRITTEN: readonly (keyof PublicPage | 'words' | 'task' | 'acceptance')[] = [
  'title',
  'question',
  'words',
  'open',
  'reservations',
  'task',
  'acceptance',
  'taskWords',
];

/** Names that nobody reads, and what stands in their place. */
type Mask = { readonly names: RegExp | null; readonly shown: ReadonlyMap<string, string> };

function maskOf(room: Room, nameless: Room): Mask {
  const shown = new Map(
    Object.values(room.participants)
      .filter((seat) => isPrivate(seat) && Array.from(seat.name).length > 1)
      .map(({ id, name }) => [name, calledIn(nameless, id)] as const),
  );
  // The longest first, all in one go: what stands in a name's place is not looked through again.
  const names = Array.from(shown.keys()).sort((a, b) => b.length - a.length);
  const pattern = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|');
  return { names: names.length === 0 ? null : new RegExp(pattern, 'g'), shown };
}

/** The same, with names masked in whatever stands under one of these keys. */
function masked<T>(value: T, { names, shown }: Mask, keys: readonly string[]): T {
  if (names === null) return value;
  const cover = (it: unknown, isWritten: boolean): unknown => {
    if (typeof it === 'string') return isWritten ? it.replace(names, (name) => shown.get(name) ?? '') : it;
    if (Array.isArray(it)) return it.map((one: unknown) => cover(one, isWritten));
    if (typeof it !== 'object' || it === null) return it;
    return Object.fromEntries(Object.entries(it).map(([key, one]) => [key, cover(one, keys.includes(key))]));
  };
  return cover(value, false) as T;
}
