import { randomUUID } from 'node:crypto';
import { ViewId } from '../core/domain/ids.ts';
import type { ThreatNumber } from './options.ts';
import { openRoomSocket, type RoomSocket } from './room-socket.ts';
import { makeStage, type Person, type Stage } from './stage.ts';
import { openText, type TextSocket } from './text-socket.ts';
import { cameTrue } from '../server/testing/until.ts';
import { pause } from './wait.ts';
import type { World } from './world.ts';

/** An honest meeting that goes on beside a mischief: people who speak, write and listen. */
export type Watch = {
  readonly stage: Stage;
  /** Ends it and judges whether anybody missed anything. */
  readonly end: () => Promise<void>;
};

/** Two people in turn: nobody is slowed down for speaking too often. */
const PAUSE_MS = 300;
const WRITE_EVERY = 5;
const SEEN_MS = 10_000;
const RIGHT = 'nothing missed';

type Posted = { readonly id: string; readonly at: number; readonly ackMs: number };

type Ear = { readonly socket: RoomSocket; readonly seen: ReadonlyMap<string, number> };

/** Starts the meeting; number: the mischief that goes on meanwhile. */
export async function openWatch(world: World, number: ThreatNumber): Promise<Watch> {
  const cast = { host: 'host', one: 'member', two: 'member' } as const;
  const stage = await makeStage(world, { title: `${number} 旁观`, cast, opens: true, purpose: 'watch' });
  const ears = await Promise.all(world.options.urls.map((_, process) => openEar(stage, process)));
  const writer = await openWriter(stage, stage.person('one'));
  const reader = await openWriter(stage, stage.person('two'));
  const meeting = holdMeeting(stage, writer);
  return {
    stage,
    end: async () => {
      const { posted, lines, troubles } = await meeting.end();
      const isHeard = () => ears.every(({ seen }) => posted.every(({ id }) => seen.has(id)));
      if (!(await cameTrue(SEEN_MS, isHeard))) troubles.push('a view that was acknowledged was not seen');
      const isRead = () => lines.every((line) => reader.text().includes(line));
      if (!(await cameTrue(SEEN_MS, isRead))) troubles.push('a line that was saved was not seen');
      for (const { socket } of ears) troubles.push(...troublesOf(socket, stage));
      const sent = `${posted.length} views and ${lines.length} lines of a meeting meanwhile`;
      world.book.same(number, sent, RIGHT, troubles.slice(0, 3).join('; ') || RIGHT);
      const seenMs = ears.flatMap(({ seen }) => posted.map(({ id, at }) => (seen.get(id) ?? Infinity) - at));
      const ackMs = posted.map((one) => one.ackMs);
      world.book.told(number, 'acknowledged and seen meanwhile', `${figures(ackMs)}; ${figures(seenMs)}`);
      for (const { socket } of ears) socket.close();
      for (const text of [writer, reader]) text.close();
    },
  };
}

async function openEar(stage: Stage, process: number): Promise<Ear> {
  const seen = new Map<string, number>();
  const { browser } = await stage.guest('resident', {
    process,
    tap: (_from, bytes) => note(seen, String(bytes)),
  });
  const socket = await openRoomSocket(browser);
  if (typeof socket === 'string') throw new Error(`a listener was not let in: ${socket}`);
  const heard = await socket.hear(stage.sessionId);
  if (heard !== 'ok') throw new Error(`a listener may not hear: ${heard}`);
  return { socket, seen };
}

type Held = { readonly posted: Posted[]; readonly lines: string[]; readonly troubles: string[] };

/** Two members speak in turn, and one of them writes, until the end is asked for. */
function holdMeeting(stage: Stage, writer: TextSocket): { end: () => Promise<Held> } {
  const held: Held = { posted: [], lines: [], troubles: [] };
  const over = new AbortController();
  const speak = async () => {
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      await post(stage, stage.person(turn % 2 === 0 ? 'one' : 'two')).then(
        (one) => held.posted.push(one),
        (error: unknown) => held.troubles.push(`a view was not taken: ${String(error)}`),
      );
      if (turn % WRITE_EVERY === 0) {
        const line = `第 ${turn} 行`;
        const came = await writer.write(line);
        if (came === 'saved') held.lines.push(line);
        else held.troubles.push(`the text was not saved: ${came}`);
      }
      await pause(PAUSE_MS);
    }
  };
  const speaking = speak();
  return {
    end: async () => {
      over.abort();
      await speaking;
      return held;
    },
  };
}

function note(seen: Map<string, number>, text: string): void {
  const id = /"view":\{"id":"([0-9a-f-]{36})"/g;
  for (const [, found = ''] of text.matchAll(id)) if (!seen.has(found)) seen.set(found, performance.now());
}

async function openWriter({ documentId }: Stage, { browser }: Person): Promise<TextSocket> {
  const text = await openText(browser, documentId);
  if (typeof text === 'number') throw new Error(`a writer was not let in: ${text}`);
  return text;
}

async function post(stage: Stage, who: Person): Promise<Posted> {
  const id = ViewId.parse(randomUUID());
  const at = performance.now();
  await stage.does(who, {
    type: 'postView',
    view: { id, stance: 'info', text: `正常发言 ${id}`, replyTo: null },
  });
  return { id, at, ackMs: performance.now() - at };
}

function troublesOf(socket: RoomSocket, { sessionId }: Stage): string[] {
  const seqs = socket.heard(sessionId).map(({ seq }) => seq);
  const gap = seqs.find((seq, index) => seq !== (seqs[0] ?? 0) + index);
  return [
    ...(socket.isOpen() ? [] : ['a listener was cut']),
    ...(gap === undefined ? [] : [`a gap or a repetition at event ${gap}`]),
  ];
}

function figures(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`;
}
