import type { PoolClient } from 'pg';
import { toEnvelope } from '../../core/domain/chain.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { applyAll } from '../../core/domain/room/apply.ts';
import { EMPTY_ROOM, type Room } from '../../core/domain/room/state.ts';
import { COLUMNS, type StoredRow } from './room-log-rows.ts';

/** Few at a time: between two pages the process answers others. */
const PAGE = 250;

/** The room that a whole log folds to, as the transaction sees it. */
export async function foldLog(tx: Pick<PoolClient, 'query'>, sessionId: SessionId): Promise<Room> {
  let room: Room = EMPTY_ROOM;
  for (;;) {
    const { rows } = await tx.query<StoredRow>(
      `select ${COLUMNS} from room_event where session_id = $1 and seq > $2 order by seq limit ${PAGE}`,
      [sessionId, room.seq],
    );
    room = applyAll(room, rows.map(toEnvelope));
    if (rows.length < PAGE) return room;
  }
}
