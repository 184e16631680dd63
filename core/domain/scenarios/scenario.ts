import { z } from 'zod';
import { AgendaKind, Mode, SourceKind, VenueKind } from '../sessions.ts';
import { Role } from '../people.ts';
import { Commitment, Stance } from '../views.ts';

// A file is written by people: what a rule of the domain refuses is played and refused there, for all to
// see. Here is asked only for what playing needs. Fields that nobody knows are left alone: files carry
// labels and evaluations that other programs read.

const Name = z.string().min(1).max(200);
const Words = z.string().max(100_000);
const Count = z.int().min(0);

const Person = z.object({
  id: Name,
  role: Role,
  displayName: Words.min(1),
  org: Words.default(''),
  venue: Name.optional(),
});

const Vote = z.object({
  id: Name,
  question: Words,
  kind: z.enum(['single', 'multiple', 'approval', 'rating']),
  anonymous: z.boolean().default(false),
  maxChoices: z.int().optional(),
  /** Lowest and highest score of a rating; 1 to 5 when not given. */
  scale: z.object({ lowest: z.int(), highest: z.int() }).optional(),
  eligibleRoles: z.array(Role).optional(),
  eligible: z.array(Name).optional(),
  options: z.array(z.object({ id: Name, text: Words })),
  ballots: z
    .array(
      z.object({
        by: Name,
        choices: z.array(Name).default([]),
        scores: z.record(z.string(), z.number()).optional(),
      }),
    )
    .default([]),
  expected: z
    .object({
      eligible: Count.optional(),
      cast: Count.optional(),
      counts: z.record(z.string(), Count).optional(),
      /** Mean score of a rating: over its only option, or by option. */
      mean: z.union([z.number(), z.record(z.string(), z.number())]).optional(),
    })
    .optional(),
});

const Checks = z.object({
  participants: Count.optional(),
  speakers: Count.optional(),
  views: Count.optional(),
  threadReplies: Count.optional(),
  departmentReplies: Count.optional(),
  followUps: Count.optional(),
  votes: Count.optional(),
  ballots: Count.optional(),
  agendaMinutes: Count.optional(),
  stances: z.partialRecord(Stance, Count).optional(),
});

/** A whole consultation on file: who comes, what they say, how they vote, and what should come out. */
export const Scenario = z
  .object({
    id: Name,
    title: Words.min(1),
    mode: Mode.default('hybrid'),
    plannedMinutes: z.int().optional(),
    background: Words.default(''),
    source: z
      .object({ type: SourceKind, detail: Words.default(''), collected: Count.default(0) })
      .default({ type: 'mixed', detail: '', collected: 0 }),
    studio: z
      .object({
        id: Name.optional(),
        name: Words.default(''),
        type: Words.default(''),
        convener: Name.optional(),
        host: Name.optional(),
      })
      .default({ name: '', type: '' }),
    venues: z
      .array(z.object({ id: Name, name: Words, kind: VenueKind }))
      .min(1)
      .default([{ id: 'main', name: '主会场', kind: 'main' }]),
    participants: z.array(Person).min(1),
    agenda: z
      .array(
        z.object({
          order: z.number().optional(),
          title: Words,
          kind: AgendaKind,
          speakerRole: z.union([Role, z.literal('any')]).default('any'),
          minutes: z.number().min(0).default(0),
        }),
      )
      .min(1),
    views: z
      .array(z.object({ id: Name, by: Name, stance: Stance, text: Words, replyTo: Name.nullish() }))
      .default([]),
    departmentReplies: z
      .array(
        z.object({
          id: Name,
          by: Name,
          toViews: z.array(Name),
          commitment: Commitment,
          text: Words,
        }),
      )
      .default([]),
    votes: z.array(Vote).default([]),
    outcome: z
      .object({ docType: Words.default('协商纪要'), markdown: Words })
      .default({ docType: '协商纪要', markdown: '' }),
    followUps: z
      .array(
        z.object({
          id: Name,
          department: Words,
          cooperating: z.array(Words).default([]),
          dueDays: z.number(),
          task: Words,
          acceptance: Words,
        }),
      )
      .default([]),
    checks: Checks.default({}),
  })
  .superRefine(checkNames);
export type Scenario = z.infer<typeof Scenario>;
export type ScenarioVote = Scenario['votes'][number];

/** A file of scenarios: one, or several under `scenarios`. */
export const ScenarioFile = z.union([
  z.object({ scenarios: z.array(z.unknown()).min(1) }),
  z.looseObject({ participants: z.unknown(), agenda: z.unknown() }),
]);

type Complaint = { readonly where: string; readonly what: string };
/** A file as it was read: its scenarios, or everything that is wrong with it. */
export type ReadScenarios =
  | { readonly ok: true; readonly scenarios: readonly Scenario[] }
  | { readonly ok: false; readonly complaints: readonly Complaint[] };

/** Reads the scenarios of a file's JSON. */
export function readScenarios(json: unknown): ReadScenarios {
  const file = ScenarioFile.safeParse(json);
  if (!file.success) {
    const what = 'neither a scenario (with participants and agenda) nor a file with `scenarios`';
    return { ok: false, complaints: [{ where: '(file)', what }] };
  }
  const parts = 'scenarios' in file.data && Array.isArray(file.data.scenarios) ? file.data.scenarios : [json];
  const read = parts.map((part) => Scenario.safeParse(part));
  const complaints = read.flatMap((result, index) =>
    result.success
      ? []
      : result.error.issues.map((issue) => complain(issue, parts.length > 1 ? index : null)),
  );
  if (complaints.length > 0) return { ok: false, complaints };
  return { ok: true, scenarios: read.flatMap((result) => (result.success ? [result.data] : [])) };
}

function complain(issue: z.core.$ZodIssue, index: number | null): Complaint {
  const path = index === null ? issue.path : ['scenarios', index, ...issue.path];
  return { where: path.map(String).join('.') || '(file)', what: issue.message };
}

type Named = {
  readonly participants: readonly { readonly id: string }[];
  readonly views: readonly { readonly by: string }[];
  readonly departmentReplies: readonly { readonly by: string }[];
  readonly votes: readonly { readonly ballots: readonly { readonly by: string }[] }[];
  readonly studio: { readonly host?: string | undefined; readonly convener?: string | undefined };
};

/** Somebody who acts must be somebody who comes: without a person there is nobody to play. */
function checkNames(file: Named, context: z.RefinementCtx): void {
  const known = new Set(file.participants.map((person) => person.id));
  const report = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  if (known.size !== file.participants.length) report(['participants'], 'two people have the same id');
  const ask = (id: string | undefined, path: (string | number)[]) => {
    if (id !== undefined && !known.has(id)) report(path, `nobody among the participants is "${id}"`);
  };
  ask(file.studio.host, ['studio', 'host']);
  ask(file.studio.convener, ['studio', 'convener']);
  for (const [i, view] of file.views.entries()) ask(view.by, ['views', i, 'by']);
  for (const [i, reply] of file.departmentReplies.entries()) ask(reply.by, ['departmentReplies', i, 'by']);
  for (const [i, vote] of file.votes.entries()) {
    for (const [j, ballot] of vote.ballots.entries()) ask(ballot.by, ['votes', i, 'ballots', j, 'by']);
  }
}
