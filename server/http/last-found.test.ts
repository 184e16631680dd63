import { describe, expect, it } from 'vitest';
import { ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { createLastFound, placeOf } from './last-found.ts';

const sessionId = SessionId.parse('00000000-0000-4000-8000-000000000001');
const seat = { sessionId, id: ParticipantId.parse('00000000-0000-4000-8000-000000000002') };
const nobody: SignedIn = {
  personId: PersonId.parse('00000000-0000-4000-8000-000000000003'),
  name: '',
  office: null,
  orgId: null,
  isGuest: true,
  signInId: 'ab',
};

describe('createLastFound', () => {
  it('keeps no name, so that whoever is erased does not live on in it [E1] [P13]', () => {
    const { recall, keep } = createLastFound();
    keep('a', { ...nobody, name: '王秀兰', seat });
    expect(JSON.stringify(recall('a'))).not.toContain('王秀兰');
  });

  it('keeps who has a seat, so many and no more, and forgets whom it is told to [P13]', () => {
    const { recall, keep, forget } = createLastFound(2);
    keep('no seat asked', nobody);
    keep('no seat', { ...nobody, seat: { ...seat, id: null } });
    expect([recall('no seat asked'), recall('no seat'), recall(null)]).toEqual([null, null, null]);
    for (const place of ['a', 'b', 'a', 'c']) keep(place, { ...nobody, seat });
    expect(recall('b')).toBeNull();
    expect(recall('a')).toEqual({ ...nobody, seat });
    forget('a');
    expect(recall('a')).toBeNull();
    expect(recall('c')).not.toBeNull();
  });
});

describe('placeOf', () => {
  it('names a cookie in a session, and never holds it', () => {
    const place = placeOf('shangliang=secret', sessionId);
    expect(place).not.toContain('secret');
    expect(placeOf('shangliang=other', sessionId)).not.toBe(place);
    expect([placeOf(undefined, sessionId), placeOf('shangliang=secret', undefined)]).toEqual([null, null]);
  });
});
