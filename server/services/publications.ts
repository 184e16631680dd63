import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { PageSlug, type Publication, type publicationRoutes } from '../../core/contract/publication.ts';
import { canonical } from '../../core/domain/canonical.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { guardPublishing } from '../../core/domain/publication/acts.ts';
import { hasPublicPage, publicPageOf, type PublicPage } from '../../core/domain/publication/page.ts';
import { AppError, fromRefusal } from '../app-error.ts';
import type { ArchiveStore } from '../ports/archive-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { PublicationStore } from '../ports/publication-store.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { enterFor, type StandingDeps } from './standing.ts';

export type PublicationsDeps = StandingDeps & {
  readonly archives: ArchiveStore;
  readonly publications: PublicationStore;
  readonly clock: Clock;
  readonly ids: Ids;
};

type Wish = z.infer<typeof publicationRoutes.publishPage.body>;
type Desk = NonNullable<Publication['desk']>;

export type PublicationsService = ReturnType<typeof createPublications>;

/** Public pages of sealed sessions: asked for by one, released by another [PP1] [PP2]. */
export function createPublications(deps: PublicationsDeps) {
  /** What would be released now; null where there is no such page. */
  const draftOf = async (sessionId: SessionId): Promise<PublicPage | null> => {
    const archive = await deps.archives.find(sessionId);
    if (archive === null) throw new AppError('ARCHIVE_UNKNOWN');
    return hasPublicPage(archive.room) ? publicPageOf(archive) : null;
  };
  const deskOf = async (who: SignedIn, sessionId: SessionId, draft: PublicPage) => {
    const { acts, slug } = await deps.publications.find(sessionId);
    const page = acts[acts.length - 1]?.page ?? draft;
    const desk: Desk = {
      acts: acts.map(({ personId, page: _page, ...act }) => ({ ...act, isMine: personId === who.personId })),
      page,
      seen: digestOf(page),
    };
    return { slug, desk };
  };
  return {
    /** Throws ARCHIVE_UNKNOWN. */
    get: async (who: SignedIn, sessionId: SessionId): Promise<Publication> => {
      await enterFor(deps, { who, sessionId, act: 'room:read' });
      const draft = await draftOf(sessionId);
      if (draft === null) return { slug: null, desk: null };
      if (await mayPublish(deps, who, sessionId)) return await deskOf(who, sessionId, draft);
      const { acts, slug } = await deps.publications.find(sessionId);
      return { slug: acts[acts.length - 1]?.act === 'released' ? slug : null, desk: null };
    },
    /** Throws ARCHIVE_UNKNOWN, PAGE_NEVER, PAGE_BY_ANOTHER, PAGE_ELSEWHERE. */
    act: async (who: SignedIn, sessionId: SessionId, wish: Wish): Promise<Publication> => {
      await enterFor(deps, { who, sessionId, act: 'page:publish' });
      const draft = await draftOf(sessionId);
      if (draft === null) throw new AppError('PAGE_NEVER');
      const { slug, desk } = await deskOf(who, sessionId, draft);
      const allowed = guardPublishing(desk.acts, wish.act);
      if (!allowed.ok) throw fromRefusal(allowed.error);
      const isRelease = wish.act === 'released';
      // What somebody has not seen they do not release.
      if (isRelease && wish.seen !== digestOf(draft)) throw new AppError('PAGE_ELSEWHERE');
      const isKept = await deps.publications.add(sessionId, {
        act: wish.act,
        after: wish.after,
        personId: who.personId,
        why: wish.act === 'withdrawn' ? wish.why : '',
        slug: slug ?? PageSlug.parse(deps.ids.salt().slice(0, 12)),
        page: isRelease ? draft : null,
        at: deps.clock.now(),
      });
      if (!isKept) throw new AppError('PAGE_ELSEWHERE');
      return await deskOf(who, sessionId, draft);
    },
    /** Throws PAGE_UNKNOWN, whether there is none or it is not released. */
    open: async (slug: string): Promise<{ page: PublicPage; tag: string }> => {
      const asked = PageSlug.safeParse(slug);
      const page = asked.success ? await deps.publications.released(asked.data) : null;
      if (page === null) throw new AppError('PAGE_UNKNOWN');
      return { page, tag: digestOf(page) };
    },
  };
}

async function mayPublish(deps: StandingDeps, who: SignedIn, sessionId: SessionId): Promise<boolean> {
  try {
    await enterFor(deps, { who, sessionId, act: 'page:publish' });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'FORBIDDEN') return false;
    throw error;
  }
}

function digestOf(page: PublicPage): string {
  return createHash('sha256').update(canonical(page)).digest('hex');
}
