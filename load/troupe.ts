import { atPace } from '../bench/pace.ts';
import type { Manners } from '../rehearsal/doors.ts';
import { takePen, type Pen } from '../rehearsal/pen.ts';
import { doDeed, type Doer } from './doing.ts';
import { createFigures, type Figures } from './figures.ts';
import { createHistory, type Deed, type History } from './history.ts';
import type { ListenerTools } from './listener.ts';
import { createPacketReader } from './packets.ts';
import { createPictureReader } from './pictures.ts';
import { comeIn, type Person } from './people.ts';
import type { Stage } from './stage.ts';

/** A virtual hall: who is there, what they did and were told, how long it took. */
export type Troupe = {
  readonly stage: Stage;
  readonly people: readonly Person[];
  readonly pens: readonly Pen[];
  readonly history: History;
  readonly figures: () => Figures;
  /** Starts new figures; the ones so far stay with whoever has them. */
  readonly measureAnew: () => Figures;
  /** Lets people in, evenly over some seconds. */
  readonly admit: (count: number, seconds: number) => Promise<void>;
  /** Sits the editors down at the text. */
  readonly openText: () => Promise<void>;
  /** Lets somebody do something. Nobody does two things at once: what comes early waits its turn. */
  readonly perform: (doer: Doer, deed: () => Deed | null) => Promise<void>;
  readonly leave: () => void;
};

export type TroupeWish = {
  readonly stage: Stage;
  readonly doors: readonly string[];
  readonly manners: Partial<Manners>;
  readonly told: (note: string) => void;
};

export function createTroupe({ stage, doors, manners, told }: TroupeWish): Troupe {
  const { sessionId, documentId, editors } = stage;
  const history = createHistory(() => performance.now());
  const people: Person[] = [];
  const pens: Pen[] = [];
  const postedAt = new Map<string, number>();
  const turns = new Map<string, Promise<void>>();
  let figures = createFigures();
  let invited = 0;
  const tools: ListenerTools = {
    doors,
    read: createPacketReader(),
    look: createPictureReader(),
    seen: (viewIds) => {
      const now = performance.now();
      for (const id of viewIds) {
        const at = postedAt.get(id);
        if (at !== undefined) figures.seen.add(now - at);
      }
    },
    jitter: Math.random,
  };
  const carryOut = async (doer: Doer, deed: Deed, dueAt: number) => {
    const mine = figures;
    if (deed.kind === 'view') postedAt.set(deed.id, performance.now());
    const end = await doDeed({ sessionId, history }, doer, deed);
    mine.ends[deed.kind][end] += 1;
    if (end === 'ok') mine.acknowledged[deed.kind].add(performance.now() - dueAt);
  };

  return {
    stage,
    people,
    pens,
    history,
    figures: () => figures,
    measureAnew: () => (figures = createFigures()),
    admit: async (count, seconds) => {
      await atPace(count, (seconds * 1_000) / count, async () => {
        const began = performance.now();
        const home = invited;
        invited += 1;
        people.push(await comeIn({ stage, home, manners, tools, told }));
        figures.join.add(performance.now() - began);
      });
    },
    openText: async () => {
      pens.push(...(await Promise.all(editors.map(({ browser }) => takePen(browser, documentId)))));
    },
    perform: (doer, deed) => {
      const before = turns.get(doer.id);
      // Whoever has to wait for an answer before the next deed waits because of the server.
      const dueAt = performance.now();
      const turn = async () => {
        await before;
        const what = deed();
        if (what !== null) await carryOut(doer, what, dueAt);
      };
      const mine = turn();
      turns.set(doer.id, mine);
      return mine;
    },
    leave: () => {
      for (const { listener } of people) listener.close();
      for (const pen of pens) pen.close();
    },
  };
}
