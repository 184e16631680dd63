import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../core/domain/limits.ts';
import { ApiError } from '../../lib/errors.ts';
import { createKept } from '../../lib/kept.ts';
import { createKeeping } from './keeping.ts';

const PLACES = 'notes/s/p/';
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** A server that keeps one note, a device, and a clock that is turned by hand. */
function stand() {
  const values = new Map<string, string>();
  const server = { text: '', version: 0, isAway: false, isFull: false };
  const storage = {
    get length() {
      return values.size;
    },
    key: (n: number) => [...values.keys()][n] ?? null,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (server.isFull) throw new Error('full');
      values.set(key, value);
    },
    removeItem: (key: string) => void values.delete(key),
  };
  const timers: (() => void)[] = [];
  let pages = 0;
  const page = () => {
    pages += 1;
    const keeping = createKeeping({
      kept: createKept(() => storage),
      places: PLACES,
      page: String(pages),
      load: async () => {
        if (server.isAway) throw new ApiError('OFFLINE');
        return { text: server.text, version: server.version, at: null };
      },
      save: async (text, after) => {
        if (server.isAway) throw new ApiError('OFFLINE');
        if (server.text !== text && server.version !== after) throw new ApiError('NOTE_ELSEWHERE');
        if (server.text !== text) Object.assign(server, { text, version: server.version + 1 });
        return { version: server.version };
      },
      after: (_ms, act) => {
        timers.push(act);
        return () => {
          const at = timers.indexOf(act);
          if (at >= 0) timers.splice(at, 1);
        };
      },
    });
    keeping.open();
    return keeping;
  };
  const tick = async () => {
    for (const act of timers.splice(0)) act();
    await settled();
  };
  return { server, page, tick, isOnDevice: () => [...values.keys()].some((key) => key.startsWith(PLACES)) };
}

describe('notes as somebody writes them [Z1]', () => {
  it('are saved only when the server has them, and lie on the device until then, over a reload', async () => {
    const { server, page, tick, isOnDevice } = stand();
    const first = page();
    await settled();
    first.write('问题一');
    expect([first.state().phase, isOnDevice()]).toEqual(['unsaved', true]);
    await tick();
    expect([first.state().phase, server.text, isOnDevice()]).toEqual(['saved', '问题一', false]);
    server.isAway = true;
    first.write('问题一、二');
    await tick();
    expect([first.state().phase, server.text]).toEqual(['unsaved', '问题一']);
    first.stop();
    // Another page of the same seat, when the server is back.
    server.isAway = false;
    const second = page();
    expect(second.state().text).toBe('问题一、二');
    await settled();
    expect([second.state().phase, server.text, isOnDevice()]).toEqual(['saved', '问题一、二', false]);
  });

  it('are never overwritten by another window unasked, and lose no word of either', async () => {
    const { server, page, tick } = stand();
    const [one, two] = [page(), page()];
    await settled();
    one.write('这边');
    await tick();
    two.write('那边');
    await tick();
    expect([two.state().phase, server.text]).toEqual(['elsewhere', '这边']);
    // What is written meanwhile stays too.
    two.write('那边，又写');
    await tick();
    two.settle('both');
    await settled();
    await tick();
    expect([two.state().phase, server.text]).toEqual(['saved', '这边\n\n那边，又写']);
    one.write('旧的');
    await tick();
    one.settle('theirs');
    await settled();
    expect(one.state()).toEqual({ phase: 'saved', text: server.text });
  });

  it('cannot be written before they are here: nothing stands over what is not known', async () => {
    const { server, page, tick } = stand();
    Object.assign(server, { text: '先前', version: 3, isAway: true });
    const keeping = page();
    await settled();
    expect(keeping.state().phase).toBe('failed');
    server.isAway = false;
    await tick();
    expect(keeping.state()).toEqual({ phase: 'saved', text: '先前' });
  });

  it('of two windows that could both not be saved lose no word when both are gone', async () => {
    const { server, page, tick, isOnDevice } = stand();
    const [one, two] = [page(), page()];
    await settled();
    server.isAway = true;
    one.write('这边');
    two.write('那边');
    await tick();
    for (const gone of [one, two]) gone.stop();
    await settled();
    server.isAway = false;
    const next = page();
    await settled();
    expect([next.state().phase, server.text, isOnDevice()]).toEqual(['saved', '这边\n\n那边', false]);
  });

  it('stay where they were left while a full device takes no more, until the server has them', async () => {
    const { server, page, tick, isOnDevice } = stand();
    const gone = page();
    await settled();
    server.isAway = true;
    gone.write('先前写的');
    gone.stop();
    server.isFull = true;
    const next = page();
    await settled();
    expect([next.state(), isOnDevice()]).toEqual([{ text: '先前写的', phase: 'unsaved' }, true]);
    server.isAway = false;
    await tick();
    expect([next.state().phase, server.text, isOnDevice()]).toEqual(['saved', '先前写的', false]);
  });

  it('that are longer than the server takes are not sent again and again, and are saved once they are shorter', async () => {
    const { server, page, tick, isOnDevice } = stand();
    const keeping = page();
    await settled();
    keeping.write('长'.repeat(LIMITS.noteLength + 1));
    await tick();
    expect([keeping.state().phase, server.version, isOnDevice()]).toEqual(['long', 0, true]);
    keeping.write('长'.repeat(LIMITS.noteLength));
    await tick();
    expect([keeping.state().phase, server.text.length]).toEqual(['saved', LIMITS.noteLength]);
  });
});
