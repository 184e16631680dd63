import type { ViewId } from '../ids.ts';
import type { CaseWaiver, KeptReport, Moderation, ModerationCase, ModerationSecrets } from '../moderation.ts';
import { wasSeen } from './reports.ts';
import { isOpen } from './open-cases.ts';

/**
 * A moderator has looked at a view: what was reported of it before hides it no more, and was answered with this, where
 * it stays [X12]. What was answered before keeps its answer, and what came behind the seq as of which they looked waits.
 */
export function answered(
  secrets: ModerationSecrets,
  viewId: ViewId | null,
  { answer, seen = Number.POSITIVE_INFINITY }: Answering = {},
): ModerationSecrets {
  const reports = secrets.reports.map((report) =>
    report.viewId === viewId && report.isSettled === undefined && wasSeen(report, seen)
      ? { ...report, isSettled: true as const, ...(answer === undefined ? {} : { answer }) }
      : report,
  );
  return { ...secrets, reports };
}

type Answering = {
  readonly answer?: NonNullable<KeptReport['answer']>;
  readonly seen?: number | undefined;
};

/** Nobody decides any more: what waited for somebody is over, and its author finds it so [X11]. */
export function endedCases(cases: readonly ModerationCase[], at: string): readonly ModerationCase[] {
  return cases.map((one) => (isOpen(one) ? { ...one, state: { phase: 'ended', at } } : one));
}

/** A waiver beside those before it; in older logs the last took the place of the others, and does so still [X9]. */
export function waivedWith(
  { waived, waivedBefore = [] }: Moderation,
  newest: CaseWaiver,
  { again }: { readonly again?: true | undefined },
): Pick<Moderation, 'waived' | 'waivedBefore'> {
  const isKept = again === true && waived !== undefined;
  return { waived: newest, ...(isKept ? { waivedBefore: [...waivedBefore, waived] } : {}) };
}
