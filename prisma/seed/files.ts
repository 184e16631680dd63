import { readScenarios, type Scenario } from '../../core/domain/scenarios/scenario.ts';
import s01 from './scenarios/s01-school-traffic.json' with { type: 'json' };
import s02 from './scenarios/s02-elevator.json' with { type: 'json' };
import s03 from './scenarios/s03-crested-ibis.json' with { type: 'json' };
import s04 from './scenarios/s04-park-fire-lane.json' with { type: 'json' };
import s05 from './scenarios/s05-relocation-plots.json' with { type: 'json' };
import s06 from './scenarios/s06-downtown-parking.json' with { type: 'json' };
import s07 from './scenarios/s07-snack-stalls.json' with { type: 'json' };

/** The scenarios of the demo. Imported, so that they travel inside the built server. */
export function demoScenarios(): readonly Scenario[] {
  const read = readScenarios({ scenarios: [s01, s02, s03, s04, s05, s06, s07] });
  if (!read.ok) throw new Error(`the demo's scenarios are broken: ${JSON.stringify(read.complaints)}`);
  return read.scenarios;
}
