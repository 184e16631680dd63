// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accountRoutes } from '../../../core/contract/accounts.ts';
import { ApiError } from '../../lib/errors.ts';

const call = vi.hoisted(() => vi.fn());
vi.mock('../../lib/api.ts', () => ({ call, newId: () => 'k'.repeat(22) }));
const { arriveAtDoor, enterDoor, useDoor } = await import('./door.ts');

/** What the server says of people now. */
let shown: 'name' | 'address';

beforeEach(() => {
  shown = 'name';
  window.location.hash = `#${'a'.repeat(43)}`;
  call.mockImplementation(async (route: unknown, { body }: { body: { consent?: { shown: string } } }) => {
    if (route === accountRoutes.previewLink) return { shown, seat: null };
    if (body.consent?.shown !== shown) throw new ApiError('CONSENT_CHANGED');
    return { sessionId: 'here' };
  });
});
afterEach(cleanup);

describe('a door', () => {
  it('is asked again where names were hidden since: the words of now are shown, and agreed to then [U4]', async () => {
    const { result } = renderHook(useDoor);
    act(arriveAtDoor);
    await waitFor(() => expect(result.current).toMatchObject({ kind: 'open', preview: { shown: 'name' } }));
    shown = 'address';
    const wish = { name: '', venueId: null };
    await act(() => expect(enterDoor(wish)).rejects.toMatchObject({ reason: 'CONSENT_CHANGED' }));
    expect(result.current).toMatchObject({ kind: 'open', preview: { shown: 'address' } });
    await expect(enterDoor(wish)).resolves.toBe('here');
  });
});
