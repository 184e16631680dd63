import { checkBallots } from './check-ballots.ts';
import { checkFloor } from './check-floor.ts';
import { checkLate, checkOrder, checkReads, checkText } from './check-readers.ts';
import { checkViews } from './check-views.ts';
import type { Broken, Evidence } from './findings.ts';
import { operationsOf } from './history.ts';

/** Holds what people were told against what there is in the end. Reads nothing else; [] when every promise was kept. */
export function check(evidence: Evidence): readonly Broken[] {
  const given = { ...evidence, operations: operationsOf(evidence.steps) };
  return [checkOrder, checkViews, checkBallots, checkFloor, checkReads, checkText, checkLate].flatMap((one) =>
    one(given),
  );
}
