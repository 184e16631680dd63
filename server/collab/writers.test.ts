import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../core/domain/ids.ts';
import { uuid } from '../../core/testing/builders.ts';
import { takeFrom } from './buckets.ts';
import { TEXT_LIMITS } from './limits.ts';
import { createWriters } from './writers.ts';

const somebody = uuid('pers', 1) as PersonId;
const another = uuid('pers', 2) as PersonId;

describe(createWriters.name, () => {
  it('lets a person have ten connections and no more, and others come in', () => {
    const writers = createWriters(() => 0);
    for (let n = 0; n < TEXT_LIMITS.connections; n += 1) writers.enter(somebody);
    expect(() => writers.enter(somebody)).toThrow('TOO_MANY_WINDOWS');
    writers.enter(another);
    writers.leave(somebody);
    writers.enter(somebody);
    expect(() => writers.enter(somebody)).toThrow('TOO_MANY_WINDOWS');
  });

  it('counts what a person sends over all connections, and after they came back', () => {
    const writers = createWriters(() => 0);
    const [one, two] = [writers.enter(somebody), writers.enter(somebody)];
    expect(takeFrom(one, 'updates', TEXT_LIMITS.updates.burst - 1)).toBe(true);
    expect(takeFrom(two, 'updates', 1)).toBe(true);
    expect(takeFrom(two, 'updates', 1)).toBe(false);
    writers.leave(somebody);
    writers.leave(somebody);
    expect(takeFrom(writers.enter(somebody), 'updates', 1)).toBe(false);
    expect(takeFrom(writers.enter(another), 'updates', 1)).toBe(true);
  });

  it('lets nobody knock without end, and lets them in again after a while', () => {
    let now = 0;
    const writers = createWriters(() => now);
    for (let knock = 0; knock < TEXT_LIMITS.knocks.burst; knock += 1) {
      writers.enter(somebody);
      writers.leave(somebody);
    }
    expect(() => writers.enter(somebody)).toThrow('TOO_OFTEN');
    writers.enter(another);
    now = 1_000;
    writers.enter(somebody);
  });

  it('tells beforehand whether it would let somebody in, and counts nothing for it', () => {
    const writers = createWriters(() => 0);
    for (let asked = 0; asked < 2 * TEXT_LIMITS.knocks.burst; asked += 1) writers.ask(somebody);
    expect(writers.size()).toBe(0);
    for (let n = 0; n < TEXT_LIMITS.connections; n += 1) writers.enter(somebody);
    expect(() => writers.ask(somebody)).toThrow('TOO_MANY_WINDOWS');
    writers.ask(another);
    writers.leave(somebody);
    writers.ask(somebody);
  });

  it('forgets whoever left long ago', () => {
    let now = 0;
    const writers = createWriters(() => now);
    writers.enter(somebody);
    writers.leave(somebody);
    now = TEXT_LIMITS.allowanceMs;
    writers.enter(another);
    expect(writers.size()).toBe(1);
  });
});
