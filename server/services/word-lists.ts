import type { BodyOf } from '../../core/contract/route.ts';
import type { ListedWord, wordRoutes } from '../../core/contract/word-list.ts';
import { OrgId, WordId, type SessionId } from '../../core/domain/ids.ts';
import { LIMITS } from '../../core/domain/limits.ts';
import { may } from '../../core/domain/people.ts';
import { foldWord, type FoldedWords } from '../../core/domain/word-list.ts';
import { AppError } from '../app-error.ts';
import type { Ids } from '../ports/ids.ts';
import type { SessionStore } from '../ports/session-store.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import type { WordStore } from '../ports/word-store.ts';

/** How long a process goes by a list that another may have changed. */
const GOOD_FOR_MS = 2_000;
/** Sessions of which a process remembers whose they are. */
const SESSIONS_KNOWN = 5_000;

export type WordListsDeps = {
  readonly words: WordStore;
  readonly sessions: Pick<SessionStore, 'orgOf'>;
  readonly ids: Ids;
  readonly nowMs: () => number;
};

export type WordLists = ReturnType<typeof createWordLists>;

/** The lists of words: kept by administrators, and asked of what people send [X10]. */
export function createWordLists(deps: WordListsDeps) {
  const { words } = deps;
  const lists = createLists(deps);
  const changed = async (orgId: OrgId) => {
    lists.forget(orgId);
    return { words: [...(await words.list(orgId))] };
  };
  return {
    /** The list that what is sent to a session goes by. Throws STORAGE_AWAY. */
    of: lists.of,
    /** The same for a session that is being planned. */
    ofOrg: lists.ofOrg,
    list: async (who: SignedIn): Promise<{ words: ListedWord[] }> => {
      return { words: [...(await words.list(guardChief(who)))] };
    },
    put: async (who: SignedIn, { words: wanted, act }: BodyOf<typeof wordRoutes.putWords>) => {
      const orgId = guardChief(who);
      const byKey = new Map(
        wanted.map((word) => [foldWord(word), { id: WordId.parse(deps.ids.uuid()), word }]),
      );
      const all = [...byKey].map(([key, one]) => ({ ...one, key }));
      if (!(await words.put(orgId, { words: all, act, max: LIMITS.listedWords })))
        throw new AppError('WORD_LIST_FULL', { details: { max: LIMITS.listedWords } });
      return changed(orgId);
    },
    remove: async (who: SignedIn, wordId: WordId) => {
      const orgId = guardChief(who);
      await words.remove(orgId, wordId);
      return changed(orgId);
    },
  };
}

type Held = { readonly atMs: number; readonly list: Promise<FoldedWords> };

/** Lists as they are looked for, each read once in two seconds however many people speak. */
function createLists({ words, sessions, nowMs }: WordListsDeps) {
  const held = new Map<OrgId, Held>();
  const orgs = new Map<SessionId, OrgId>();

  const orgOf = async (sessionId: SessionId): Promise<OrgId | null> => {
    const known = orgs.get(sessionId);
    if (known !== undefined) return known;
    const found = await sessions.orgOf(sessionId);
    if (found === null) return null;
    if (orgs.size >= SESSIONS_KNOWN) orgs.clear();
    orgs.set(sessionId, found);
    return found;
  };

  const read = async (orgId: OrgId): Promise<FoldedWords> => {
    const list = await words.list(orgId);
    return list.map(({ word, act }) => ({ key: foldWord(word), act }));
  };

  return {
    forget: (orgId: OrgId) => held.delete(orgId),
    ofOrg,
    of: async (sessionId: SessionId): Promise<FoldedWords> => {
      const orgId = await orgOf(sessionId);
      return orgId === null ? [] : ofOrg(orgId);
    },
  };

  async function ofOrg(orgId: OrgId): Promise<FoldedWords> {
    const known = held.get(orgId);
    if (known !== undefined && nowMs() - known.atMs < GOOD_FOR_MS) return known.list;
    const fresh: Held = { atMs: nowMs(), list: read(orgId) };
    held.set(orgId, fresh);
    try {
      return await fresh.list;
    } catch (error) {
      // What could not be read is no list: the next who speaks asks again.
      if (held.get(orgId) === fresh) held.delete(orgId);
      throw error;
    }
  }
}

function guardChief(who: SignedIn): OrgId {
  if (who.orgId === null || who.office === null || !may(who.office, 'org:manage'))
    throw new AppError('ROLE_MAY_NOT', { details: { act: 'org:manage' } });
  return OrgId.parse(who.orgId);
}
