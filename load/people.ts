import { randomUUID } from 'node:crypto';
import { accountRoutes } from '../core/contract/accounts.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import type { ParticipantId } from '../core/domain/ids.ts';
import { openBrowser, type Browser, type Manners } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';
import { within } from '../rehearsal/within.ts';
import { openListener, type Listener, type ListenerTools } from './listener.ts';
import type { Picture } from './pictures.ts';
import type { Stage } from './stage.ts';

/** A virtual person in the room: a browser, a seat, an ear. */
export type Person = {
  readonly id: ParticipantId;
  readonly browser: Browser;
  readonly listener: Listener;
};

export type Arrival = {
  readonly stage: Pick<Stage, 'sessionId' | 'linkToken'>;
  /** Which of the doors is theirs. */
  readonly home: number;
  readonly manners: Partial<Manners>;
  readonly tools: ListenerTools;
  readonly told: (note: string) => void;
  readonly pictured?: (picture: Picture, ms: number) => void;
};

const HEARING_MS = 90_000;
/** Comes in as a phone does that scanned the code: joins, enters, takes the snapshot, listens from there. */
export async function comeIn({ stage, home, manners, tools, told, pictured }: Arrival): Promise<Person> {
  const { sessionId, linkToken } = stage;
  const { doors, look } = tools;
  const url = doors[home % doors.length] ?? '';
  const elsewhere = doors.filter((door) => door !== url);
  const browser = openBrowser(url, told, { elsewhere, ...manners });
  const body = { token: linkToken, key: randomUUID(), consent: true as const, name: '', venueId: null };
  const { participantId } = await browser.call(accountRoutes.join, { body });
  await command(browser, sessionId, { type: 'enterRoom' }, randomUUID());
  const takePicture = async () =>
    look(await browser.ask(sessionRoutes.getSnapshot, { params: { sessionId } }), participantId);
  const asked = performance.now();
  const picture = await takePicture();
  pictured?.(picture, performance.now() - asked);
  const place = { browser, sessionId, after: picture.seq, look: async () => (await takePicture()).seq };
  const listener = openListener(place, tools);
  try {
    await within(HEARING_MS, 'to hear the room', listener.begun);
  } catch (error) {
    listener.close();
    throw error;
  }
  return { id: participantId, browser, listener };
}
