import type { Fault } from './fault.ts';
import { startLiar, type Lie } from './liar.ts';
import { runFault, type Outcome, type Setting } from './run.ts';

const PLAIN: Fault = {
  name: '',
  storm: null,
  people: 12,
  times: { short: 1, long: 1 },
  inject: ({ seconds }) => seconds(4, 10),
};

const FOUND: Readonly<Record<Lie, string>> = {
  'drops every 50th write': 'nothing acknowledged is lost',
  'applies retries twice': 'nothing is there twice',
};

/** The checker itself is tried: a server that lies must be found out. */
export async function runLie(lie: Lie, setting: Setting): Promise<Outcome> {
  const name = `the checker finds out a server that ${lie}`;
  const liar = await startLiar(setting.world.nodes[0].process.url, lie);
  try {
    const outcome = await runFault({ ...PLAIN, name }, { ...setting, doors: [liar.url] });
    const isFound = outcome.broken.some((what) => what.startsWith(FOUND[lie]));
    const misses = [
      ...(liar.lies() > 0 ? [] : ['it never lied']),
      ...(isFound ? [] : [`it was not found out after ${liar.lies()} lies: ${outcome.broken.join('; ')}`]),
    ];
    return { ...outcome, broken: misses };
  } finally {
    await liar.close();
  }
}
