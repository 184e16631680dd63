import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUnsafe, learn, NOTHING_KNOWN, type SaveFact, saveStateOf } from './save-state.ts';

const after = (...facts: SaveFact[]) => facts.reduce(learn, NOTHING_KNOWN);
const lightAfter = (...facts: SaveFact[]) => saveStateOf(after(...facts));
const joined: SaveFact[] = [
  { type: 'opened' },
  { type: 'synced' },
  { type: 'standing', readsBecause: null },
  { type: 'echoed', version: 0 },
];

describe('saveStateOf', () => {
  it('says saved only after a barrier came back on this connection [W1]', () => {
    expect(lightAfter()).toEqual({ kind: 'connecting' });
    expect(lightAfter({ type: 'opened' }, { type: 'synced' })).toEqual({ kind: 'connecting' });
    expect(lightAfter(...joined)).toEqual({ kind: 'saved' });
    expect(lightAfter(...joined, { type: 'changed' })).toEqual({ kind: 'saving' });
    expect(
      lightAfter(...joined, { type: 'changed' }, { type: 'changed' }, { type: 'echoed', version: 1 }),
    ).toEqual({ kind: 'saving' });
    expect(lightAfter(...joined, { type: 'changed' }, { type: 'echoed', version: 1 })).toEqual({
      kind: 'saved',
    });
  });

  it('counts what is only on this device while offline', () => {
    const facts: SaveFact[] = [
      ...joined,
      { type: 'changed' },
      { type: 'echoed', version: 1 },
      { type: 'lost' },
      { type: 'changed' },
      { type: 'changed' },
    ];
    expect(lightAfter(...facts)).toEqual({ kind: 'offline', edits: 2 });
    expect(lightAfter(...facts, { type: 'opened' }, { type: 'synced' })).toEqual({ kind: 'saving' });
  });

  it('counts a run of typing as one edit', () => {
    const on = { type: 'changed', isGoingOn: true } as const;
    const facts: SaveFact[] = [
      ...joined,
      { type: 'lost' },
      { type: 'changed' },
      on,
      on,
      { type: 'changed' },
      on,
    ];
    expect(lightAfter(...facts)).toEqual({ kind: 'offline', edits: 2 });
    // What goes on from an edit that is saved is another one.
    const saved: SaveFact[] = [...joined, { type: 'changed' }, { type: 'echoed', version: 1 }];
    expect(lightAfter(...saved, on, { type: 'lost' })).toEqual({ kind: 'offline', edits: 1 });
  });

  it('says why there is no line until there is one again', () => {
    const away: SaveFact[] = [{ type: 'away', reason: 'TOO_OFTEN' }, { type: 'lost' }];
    expect(lightAfter(...joined, ...away)).toEqual({ kind: 'offline', edits: 0, reason: 'TOO_OFTEN' });
    expect(lightAfter({ type: 'away', reason: 'SIGN_IN_REVOKED' })).toEqual({
      kind: 'offline',
      edits: 0,
      reason: 'SIGN_IN_REVOKED',
    });
    expect(lightAfter(...joined, ...away, ...joined, { type: 'lost' })).toEqual({
      kind: 'offline',
      edits: 0,
    });
  });

  it('keeps a refusal until a later barrier takes it back', () => {
    const refused: SaveFact[] = [...joined, { type: 'changed' }, { type: 'refused', reason: 'STORAGE_AWAY' }];
    expect(lightAfter(...refused)).toEqual({ kind: 'unsaved', reason: 'STORAGE_AWAY' });
    expect(lightAfter(...refused, { type: 'changed' })).toEqual({ kind: 'unsaved', reason: 'STORAGE_AWAY' });
    expect(lightAfter(...refused, { type: 'echoed', version: 1 })).toEqual({ kind: 'saved' });
  });

  it('does not call unsaved what was saved before the text was closed for good', () => {
    const ended = (reason: 'SIGN_IN_REVOKED' | 'TEXT_RESET') => ({ type: 'ended', reason }) as const;
    const edited: SaveFact[] = [...joined, { type: 'changed' }];
    expect(lightAfter(...edited, ended('SIGN_IN_REVOKED')).kind).toBe('unsaved');
    const saved: SaveFact[] = [...edited, { type: 'echoed', version: 1 }];
    expect(lightAfter(...saved, ended('SIGN_IN_REVOKED'))).toEqual({
      kind: 'readOnly',
      reason: 'SIGN_IN_REVOKED',
    });
    // Put back to an earlier state, a text may have lost what was confirmed.
    expect(lightAfter(...saved, ended('TEXT_RESET')).kind).toBe('unsaved');
  });

  it('says that what an earlier page wrote is not saved, of nothing that this one wrote [W14]', () => {
    const unread: SaveFact[] = [{ type: 'earlier', isUnread: true }, ...joined];
    expect(lightAfter(...unread)).toEqual({ kind: 'earlierUnread' });
    // Whoever may not write, or has to load the page anew, is told that first.
    expect(lightAfter(...unread, { type: 'standing', readsBecause: 'CLIENT_OUTDATED' })).toEqual({
      kind: 'readOnly',
      reason: 'CLIENT_OUTDATED',
    });
    expect(lightAfter(...unread, { type: 'changed' }).kind).toBe('saving');
    expect(isUnsafe(after(...unread))).toBe(false);
    expect(lightAfter(...unread, { type: 'earlier', isUnread: false })).toEqual({ kind: 'saved' });
  });

  it('says that a reader reads, and why', () => {
    expect(lightAfter(...joined, { type: 'standing', readsBecause: 'TEXT_LOCKED' })).toEqual({
      kind: 'readOnly',
      reason: 'TEXT_LOCKED',
    });
  });

  it('does not call an edit safe that was made after the last echo, whatever happens [W1]', () => {
    const fact = fc.oneof(
      fc.constantFrom<SaveFact>(
        { type: 'opened' },
        { type: 'lost' },
        { type: 'synced' },
        { type: 'changed' },
        { type: 'refused', reason: 'TEXT_LOCKED' },
      ),
      fc.nat(5).map((version): SaveFact => ({ type: 'echoed', version })),
    );
    fc.assert(
      fc.property(fc.array(fact), (facts) => {
        const known = after(...facts, { type: 'changed' });
        expect(isUnsafe(known)).toBe(true);
        expect(['saved', 'readOnly']).not.toContain(saveStateOf(known).kind);
      }),
    );
  });
});
