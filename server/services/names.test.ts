import { describe, expect, it } from 'vitest';
import { SessionId } from '../../core/domain/ids.ts';
import {
  ADMIN,
  as,
  participant,
  participantId,
  personId,
  seated,
  uuid,
} from '../../core/testing/builders.ts';
import type { SessionStore } from '../ports/session-store.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { createNames } from './names.ts';

const sessionId = SessionId.parse(uuid('sess', 1));
const LOOK = { participantId: participantId(3), purpose: 'reply' } as const;

/** The recorder, who looks; every command is answered as it was the first time. */
function stage() {
  const t = seated({ open: true });
  t.must(as(0), { type: 'hideNames' });
  const asked: string[] = [];
  const names = createNames({
    seats: { find: async () => participantId(5) },
    sessions: {} as SessionStore,
    rooms: { current: async () => t.room() } as unknown as Rooms,
    names: {
      keep: async () => undefined,
      consentOf: async () => null,
      realNameOf: async (_sessionId, id) => {
        asked.push(id);
        return '真名';
      },
    },
    submit: async ({ key, command }) => {
      if (key === 'first') t.must(as(5), command);
      return { events: [] };
    },
  });
  const who: SignedIn = {
    personId: personId(5),
    name: '记录员',
    office: null,
    orgId: null,
    isGuest: false,
    signInId: '',
  };
  return { t, asked, look: (key: string) => names.look({ who, sessionId, key }, LOOK) };
}

describe('a look at a real name that is asked for again', () => {
  it('gives the name only while the right to it stands [U3]', async () => {
    const { t, asked, look } = stage();
    expect(await look('first')).toMatchObject({ name: '真名' });
    expect(await look('again')).toMatchObject({ name: '真名' });
    t.must(ADMIN, {
      type: 'changeParticipant',
      participantId: participantId(5),
      role: 'member',
      venueId: participant(5, 'member').venueId,
    });
    await expect(look('again')).rejects.toMatchObject({ reason: 'ROLE_MAY_NOT' });
    expect(asked).toHaveLength(2);
  });

  it('gives none once the session is over [U3]', async () => {
    const { t, asked, look } = stage();
    await look('first');
    t.must(as(0), { type: 'abortSession', why: '停电' });
    await expect(look('again')).rejects.toMatchObject({ reason: 'SESSION_CLOSED' });
    expect(asked).toHaveLength(1);
  });
});
