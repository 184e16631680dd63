import { atWorkRow } from './at-work.ts';
import { broadcastRow } from './broadcast.ts';
import { commandRows } from './commands.ts';
import type { Row, Sample } from './frame.ts';
import type { Hall } from './hall.ts';
import { outageRow } from './outage.ts';
import { atPace } from './pace.ts';
import { everybodyHears, post } from './posting.ts';
import { processesRow } from './processes.ts';
import { stalledRow } from './stalled.ts';
import { percentile } from './stats.ts';
import { voteRow } from './votes.ts';

const CROWD = { people: 300, count: 100, everyMs: 100 } as const;

/** Rows about the live room. */
export function roomRows(hall: Hall): readonly Row[] {
  return [
    broadcastRow(hall),
    crowdRow(hall),
    atWorkRow(hall),
    voteRow(hall),
    processesRow(),
    outageRow(),
    stalledRow(),
    ...commandRows(),
  ];
}

function crowdRow(hall: Hall): Row {
  return {
    name: `${CROWD.people} people in one room, 10 views a second`,
    units: { 'acknowledged p95': 'ms', 'seen by all p95': 'ms', 'acknowledged p50': 'ms' },
    contenders: [{ name: 'shangliang', run: () => crowd(hall) }],
    targets: [
      { figure: 'acknowledged p95', atMost: 150 },
      { figure: 'seen by all p95', atMost: 300 },
    ],
  };
}

async function crowd(hall: Hall): Promise<Sample> {
  const meeting = await hall.meet(CROWD.people);
  const listeners = await everybodyHears(meeting);
  const posts = await atPace(CROWD.count, CROWD.everyMs, (n) => post(meeting, n));
  await Promise.all(listeners.map((listener) => listener.heard(CROWD.count)));
  const acknowledged = posts.map(({ sentAt, doneAt }) => doneAt - sentAt);
  const seen = posts.map(({ sentAt, seq }) =>
    Math.max(...listeners.map((listener) => (listener.times.get(seq) ?? Infinity) - sentAt)),
  );
  for (const listener of listeners) listener.close();
  return {
    'acknowledged p50': percentile(acknowledged, 0.5),
    'acknowledged p95': percentile(acknowledged, 0.95),
    'seen by all p95': percentile(seen, 0.95),
  };
}
