import { archiveRoutes } from '../core/contract/archives.ts';
import type { LogRow } from '../core/domain/chain.ts';
import { toEnvelope, verifyChain } from '../core/domain/chain.ts';
import { applyAll } from '../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../core/domain/room/state.ts';
import { canonical } from '../core/domain/canonical.ts';
import { ViewId } from '../core/domain/ids.ts';
import { command } from '../rehearsal/knock.ts';
import { randomUUID } from 'node:crypto';
import { bundleRow } from './bundle.ts';
import { draftingRow } from './drafting.ts';
import { searchRow } from './record-search.ts';
import type { Row, Sample } from './frame.ts';
import type { Hall } from './hall.ts';
import { atPace, timed } from './pace.ts';

const VIEWS = 1_000;

/** Rows about the sealed record. */
export function archiveRows(hall: Hall): readonly Row[] {
  return [
    {
      name: `close, fetch and verify a session of ${VIEWS} views`,
      units: { close: 'ms', fetch: 'ms', verify: 'ms' },
      contenders: [{ name: 'shangliang', run: () => sealAndVerify(hall) }],
      targets: [
        { figure: 'close', atMost: 1_000 },
        { figure: 'verify', atMost: 1_000 },
      ],
    },
    bundleRow(hall),
    draftingRow(),
    searchRow(),
  ];
}

async function sealAndVerify(hall: Hall): Promise<Sample> {
  const { sessionId, guests, chair } = await hall.meet(40);
  await atPace(VIEWS, 5, (n) => {
    const view = {
      id: ViewId.parse(randomUUID()),
      stance: 'info' as const,
      text: `情况说明 ${n}`,
      replyTo: null,
    };
    const guest = guests[n % guests.length];
    if (guest === undefined) throw new Error('nobody is there');
    return command(guest.browser, sessionId, { type: 'postView', view }, randomUUID());
  });
  const [close] = await timed(() => command(chair, sessionId, { type: 'closeSession' }, randomUUID()));
  const [fetch, { archive, rows }] = await timed(async () => {
    const archive = await chair.call(archiveRoutes.getArchive, { params: { sessionId } });
    const rows: LogRow[] = [];
    for (let more = true; more;) {
      const query = { after: rows.length };
      const page = await chair.call(archiveRoutes.getLog, { params: { sessionId }, query });
      rows.push(...page.rows);
      more = page.more;
    }
    return { archive, rows };
  });
  const [verify] = await timed(() => {
    const verdict = verifyChain(sessionId, rows, archive.headHash);
    if (!verdict.valid) throw new Error(`row ${verdict.seq} does not hold: ${verdict.why}`);
    const folded = applyAll(EMPTY_ROOM, rows.map(toEnvelope));
    if (folded.views.length !== VIEWS) throw new Error(`${folded.views.length} views of ${VIEWS}`);
    if (canonical(folded) !== canonical(archive.room))
      throw new Error('the log does not fold to the archived room');
    return Promise.resolve();
  });
  return { close, fetch, verify };
}
