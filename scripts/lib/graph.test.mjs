import { describe, expect, test } from 'vitest';
import { findCircles, forbidden, forbiddenPackage, partOf } from './graph.mjs';

const graph = (edges) => new Map(Object.entries(edges));

describe('findCircles', () => {
  test('finds none in a tree or a diamond', () => {
    expect(findCircles(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toEqual([]);
  });
  test('finds two files that import each other, a long way round, and a file that imports itself', () => {
    const found = findCircles(graph({ a: ['b'], b: ['a'], c: ['d'], d: ['e'], e: ['c', 'f'], f: ['f'] }));
    expect(found.map((circle) => circle.toSorted().join())).toEqual(
      expect.arrayContaining(['a,b', 'c,d,e', 'f']),
    );
    expect(found).toHaveLength(3);
  });
});

describe('forbidden', () => {
  test.each([
    ['server/main.ts', 'server/http/app.ts'],
    ['server/http/bind.ts', 'server/services/views.ts'],
    ['server/http/bind.ts', 'core/contract/routes.ts'],
    ['server/services/views.ts', 'server/rooms/actor.ts'],
    ['server/db/room-log.ts', 'server/ports/room-log.ts'],
    ['core/contract/routes.ts', 'core/domain/views.ts'],
    ['client/features/views/list.tsx', 'client/room/use-room.ts'],
    ['client/features/views/list.tsx', 'client/features/views/item.tsx'],
    ['client/pages/room.tsx', 'client/features/views/list.tsx'],
    ['server/rooms/actor.int.test.ts', 'server/db/room-log.ts'],
  ])('lets %s import %s', (from, to) => expect(forbidden(from, to)).toBeUndefined());

  test.each([
    ['server/http/bind.ts', 'server/realtime/gateway.ts'],
    ['server/http/bind.ts', 'server/db/client.ts'],
    ['server/services/views.ts', 'server/http/errors.ts'],
    ['server/services/views.ts', 'server/db/client.ts'],
    ['server/http/app.ts', 'server/main.ts'],
    ['core/domain/views.ts', 'core/contract/routes.ts'],
    ['core/domain/views.ts', 'server/ports/clock.ts'],
    ['client/lib/api.ts', 'client/room/use-room.ts'],
    ['client/features/views/list.tsx', 'client/features/polls/panel.tsx'],
    ['client/lib/api.ts', 'server/http/errors.ts'],
    ['server/surprise/x.ts', 'core/domain/views.ts'],
  ])('does not let %s import %s', (from, to) => expect(forbidden(from, to)).toContain(from));
});

test('core takes no package but the schema, the hash and the curve', () => {
  expect(forbiddenPackage('core/domain/views.ts', 'zod')).toBeUndefined();
  expect(forbiddenPackage('core/domain/chain.ts', '@noble/hashes/sha2.js')).toBeUndefined();
  expect(forbiddenPackage('core/domain/polls/receipts.ts', '@noble/curves/ed25519.js')).toBeUndefined();
  expect(forbiddenPackage('core/domain/views.ts', 'node:fs')).toContain('node:fs');
  expect(forbiddenPackage('core/domain/views.ts', 'zodiac')).toContain('zodiac');
  expect(forbiddenPackage('server/main.ts', 'node:fs')).toBeUndefined();
});

test('partOf knows loose files of the server as its base', () => {
  expect(partOf('server/config.ts')).toBe('server/base');
  expect(partOf('server/main.ts')).toBe('server/main');
  expect(partOf('client/features/polls/panel.tsx')).toBe('client/features/polls');
});
