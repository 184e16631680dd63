import { z } from 'zod';
import { Sha256 } from '../domain/files.ts';
import { Instant } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { PublicPage } from '../domain/publication/page.ts';
import { words } from '../domain/text.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';
import { SessionParams } from './snapshot.ts';

const none = z.strictObject({});

/** The end of a public page's address: https://…/p/SLUG. */
export const PageSlug = z.string().regex(/^[0-9a-f]{12}$/);
export type PageSlug = z.infer<typeof PageSlug>;

const Done = z.enum(['asked', 'released', 'withdrawn']);

export const PublicationAct = z.strictObject({
  act: Done,
  /** What whoever did it is called, and whether it is whoever asks now. */
  name: z.string(),
  isMine: z.boolean(),
  why: z.string(),
  at: Instant,
});
export type PublicationAct = z.infer<typeof PublicationAct>;

/** How the public page of a session stands. */
export const Publication = z.strictObject({
  /** Where it is released; and, for whoever looks after it, where it will be. */
  slug: PageSlug.nullable(),
  /** For whoever looks after it; null for every other reader, and where a session has no such page. */
  desk: z
    .strictObject({
      /** Everything that was done about it, in order; the last says how it stands. */
      acts: z.array(PublicationAct).readonly(),
      /** What everybody reads, or would read if it were released now. */
      page: PublicPage,
      /** Names what page says, for whoever releases it. */
      seen: Sha256,
    })
    .nullable(),
});
export type Publication = z.infer<typeof Publication>;

const after = z.int().min(0);
const base = { bodyBytes: DOORS.bodyBytes, query: none, isIdempotent: false } as const;

export const publicationRoutes = {
  getPublication: route({
    ...base,
    method: 'GET',
    auth: 'person',
    rate: 'read',
    path: '/api/sessions/:sessionId/publication',
    summary:
      'Where the public page of a sealed session is released, for its readers; for whoever looks after it also how it stands, and what it says or would say. Errors: ARCHIVE_UNKNOWN.',
    params: SessionParams,
    body: none,
    reply: Publication,
  }),
  publishPage: route({
    ...base,
    method: 'POST',
    auth: 'person',
    rate: 'command',
    path: '/api/sessions/:sessionId/publication',
    summary:
      'Ask that the public page be released; release it, as another person than the one who asked, with what was seen; or withdraw it or the asking, with a reason. after: how many acts there were. Errors: ARCHIVE_UNKNOWN, PAGE_NEVER, PAGE_BY_ANOTHER, PAGE_ELSEWHERE.',
    params: SessionParams,
    body: z.discriminatedUnion('act', [
      z.strictObject({ act: z.literal('asked'), after }),
      z.strictObject({ act: z.literal('released'), after, seen: Sha256 }),
      z.strictObject({ act: z.literal('withdrawn'), after, why: words(LIMITS.reasonLength) }),
    ]),
    reply: Publication,
  }),
  getPublicPage: route({
    ...base,
    method: 'GET',
    auth: 'none',
    rate: 'join',
    path: '/api/public/:slug',
    summary:
      'The public page of a session, for anybody. PAGE_UNKNOWN: there is none, or it is not released; which, nobody is told.',
    params: z.strictObject({ slug: z.string().max(100) }),
    body: none,
    reply: PublicPage,
  }),
};
