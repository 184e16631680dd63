import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Log } from '../log.ts';
import type { Access, Asker } from './access.ts';
import { type Buckets, takeFrom } from './buckets.ts';
import type { OpenText } from './opening.ts';
import { TEXT_LIMITS } from './limits.ts';
import type { Line } from './line.ts';
import type { Writer } from './queue-items.ts';
import { newRepair, type Repair } from './repair.ts';
import type { Allowance } from './writers.ts';
import type { PresenceEntry } from './wire.ts';

/** What a connection is made of. */
export type Wiring = Omit<Line, 'unsentAnswer'> & {
  readonly socket: WebSocket;
  readonly stream: Duplex;
  readonly open: OpenText;
  readonly asker: Asker;
  readonly log: Log;
  /** Lets go of the text. */
  readonly letGo: () => void;
  readonly access: Access;
  readonly allowance: Allowance;
  /** Asks anew what a person may do; setAccess follows, or the end. */
  readonly recheck: (desk: Desk) => void;
  readonly nowMs: () => number;
};

/** Where one client's cursor stands. */
export type DeskCursor = {
  /** The one cursor that is shown of this connection. */
  id: number | null;
  /** An id that is known to be theirs, shown or not. */
  owned: number | null;
  /** The newest state of each id whose owner is being asked. */
  readonly asking: Map<number, PresenceEntry>;
  isReminded: boolean;
};

/**
 * What is known of one open connection: plain data, which functions of their own files work on. Thousands of people have
 * a text open and do nothing, and a function of their own for each thing they might do weighs more than all that is
 * known of them. What only some of them need is made when they need it.
 */
export type Desk = Omit<Wiring, 'access'> &
  Line & {
    access: Access;
    roomSeq: number;
    goodAtMs: number | null;
    /** Something came from there since it was last asked for a sign of life. */
    isAlive: boolean;
    readonly buckets: Buckets<'frames' | 'states' | 'presences' | 'rechecks' | 'catchUps'>;
    readonly repair: Repair;
    /** The first answer was given: they hear of what changes. */
    isListening: boolean;
    /** They sent a barrier, so they know what we say of saving. */
    isOurs: boolean;
    /** One writer a seat: the queue tells writers apart by identity. */
    writer: Writer | null;
    /** Marks wait while it is found out whether what came before them was news. */
    doubts: number;
    held: readonly Uint8Array[];
    /** The newest state vector that waits to be answered. */
    wanted: Uint8Array | null;
    answerTimer: NodeJS.Timeout | null;
    cursor: DeskCursor | null;
  };

export function newDesk(wiring: Wiring): Desk {
  const { socket, stream, open, asker, access, allowance, log, letGo, recheck, nowMs } = wiring;
  const fullAtMs = { frames: null, states: null, presences: null, rechecks: null, catchUps: null };
  return {
    socket,
    stream,
    unsentAnswer: 0,
    open,
    asker,
    access,
    roomSeq: 0,
    goodAtMs: null,
    isAlive: true,
    allowance,
    recheck,
    nowMs,
    log,
    letGo,
    buckets: { sizes: TEXT_LIMITS, nowMs, fullAtMs },
    repair: newRepair(),
    isListening: false,
    isOurs: false,
    writer: null,
    doubts: 0,
    held: NOTHING,
    wanted: null,
    answerTimer: null,
    cursor: null,
  };
}

const NOTHING: readonly Uint8Array[] = [];

/** Rights are asked when there is cause, but not as often as somebody gives cause. */
export function recheck(desk: Desk): void {
  if (takeFrom(desk.buckets, 'rechecks', 1)) desk.recheck(desk);
}
