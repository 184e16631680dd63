// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { picture } from '../../../core/testing/arbitrary-materials.ts';
import { SessionId, type FileId } from '../../../core/domain/ids.ts';
import { uuid } from '../../../core/testing/builders.ts';
import { EMPTY_DRAFT, type Draft } from './draft.ts';
import { usePictures } from './use-pictures.ts';

const sessionId = SessionId.parse(uuid('session', 1));
let place = 0;
let sent: FileId[];
let revoked: string[];

// The line and the pixels are not what is tried here.
vi.mock('../../lib/upload.ts', async (original) => ({
  ...(await original<object>()),
  upload: ({ path }: { path: string }, { params }: { params: { fileId: FileId } }) => {
    expect(path).toContain('picture-files');
    sent.push(params.fileId);
    const { alt: _none, ...taken } = picture(9);
    return Promise.resolve({ picture: { ...taken, id: params.fileId } });
  },
}));

beforeEach(() => {
  sent = [];
  place += 1;
  revoked = [];
  let made = 0;
  URL.createObjectURL = () => `blob:${(made += 1)}`;
  URL.revokeObjectURL = (address) => void revoked.push(address);
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('x', { status: 200 })));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const visit = (begun: Draft) =>
  renderHook(() => {
    const [draft, setDraft] = useState(begun);
    return { draft, setDraft, held: usePictures({ sessionId, place: `s/${place}`, draft, setDraft }) };
  });

describe('pictures of a draft', () => {
  it('come into it once they are sent, also where somebody wrote over it in that moment [J1]', async () => {
    let writes = 0;
    const { result } = renderHook(() => {
      const [draft, setDraft] = useState(EMPTY_DRAFT);
      const owned = (change: (before: Draft) => Draft) => {
        setDraft(change);
        writes += 1;
        // A key was pressed before the change was drawn.
        if (writes === 1) setDraft({ ...draft, text: '正在写' });
      };
      return { draft, held: usePictures({ sessionId, place: `s/${place}`, draft, setDraft: owned }) };
    });
    act(() => result.current.held.add([new Blob(['a'])]));
    await waitFor(() => expect(result.current.draft.pictures).toHaveLength(1));
    await waitFor(() => expect(result.current.held.coming).toEqual([]));
    expect(result.current.draft).toMatchObject({ text: '正在写', pictures: [{ id: sent[0], alt: '' }] });
  });

  it('wait for room in it, and leave the others where they are [J1]', async () => {
    const full = { ...EMPTY_DRAFT, pictures: [picture(1), picture(2), picture(3)] };
    const { result } = visit(full);
    act(() => result.current.held.add([new Blob(['a'])]));
    await waitFor(() => expect(sent).toHaveLength(1));
    await waitFor(() => expect(result.current.held.coming[0]?.state.kind).toBe('sent'));
    expect(result.current.draft.pictures).toEqual(full.pictures);
    act(() => result.current.setDraft({ ...full, pictures: full.pictures.slice(1) }));
    await waitFor(() => expect(result.current.held.coming).toEqual([]));
    expect(result.current.draft.pictures.map(({ id }) => id)).toEqual([
      picture(2).id,
      picture(3).id,
      sent[0],
    ]);
  });

  it('are sent also where this browser shows none of its own [J1]', async () => {
    URL.createObjectURL = () => {
      throw new DOMException('not here', 'SecurityError');
    };
    const { result } = visit(EMPTY_DRAFT);
    act(() => result.current.held.add([new Blob(['a'])]));
    await waitFor(() => expect(result.current.draft.pictures).toHaveLength(1));
    await waitFor(() => expect(result.current.held.coming).toEqual([]));
    expect([...result.current.held.gone]).toEqual([]);
  });

  it('give their memory back once they are out of the draft, and are not lost for another tab [J1]', async () => {
    const { result } = visit(EMPTY_DRAFT);
    act(() => result.current.held.add([new Blob(['a'])]));
    await waitFor(() => expect(result.current.held.coming).toEqual([]));
    await waitFor(() => expect(result.current.draft.pictures).toHaveLength(1));
    const shown = result.current.held.previewOf(result.current.draft.pictures[0]?.id ?? picture(1).id);
    expect(shown).not.toBeNull();
    expect(revoked).toEqual([]);
    act(() => result.current.setDraft(EMPTY_DRAFT));
    expect(revoked).toEqual([shown]);
    expect(localStorage.length).toBe(0);
  });

  it('say when they are not there any more, and when a page took them along [J3]', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { status: 404 })));
    sessionStorage.setItem(`pictures/s/${place}`, '2');
    const { result } = visit({ ...EMPTY_DRAFT, pictures: [picture(1)] });
    expect(result.current.held.lost).toBe(2);
    await waitFor(() => expect([...result.current.held.gone]).toEqual([picture(1).id]));
  });
});
