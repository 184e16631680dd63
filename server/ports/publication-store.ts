import type { PageSlug, PublicationAct } from '../../core/contract/publication.ts';
import type { Instant, PersonId, SessionId } from '../../core/domain/ids.ts';
import type { PublicPage } from '../../core/domain/publication/page.ts';

export type KeptAct = Omit<PublicationAct, 'isMine'> & {
  readonly personId: PersonId;
  /** What was released; null for whatever is no release. */
  readonly page: PublicPage | null;
};

type NewAct = Pick<KeptAct, 'act' | 'personId' | 'why' | 'page'> & {
  readonly slug: PageSlug;
  readonly at: Instant;
  /** How many acts there are before it. */
  readonly after: number;
};

/** What was done about public pages: only ever added to [PP2]. */
export type PublicationStore = {
  /** In order; slug: null before the first. */
  readonly find: (sessionId: SessionId) => Promise<{ acts: readonly KeptAct[]; slug: PageSlug | null }>;
  /** Whether it was kept; false where another came first. */
  readonly add: (sessionId: SessionId, act: NewAct) => Promise<boolean>;
  /** What is released at an address; null where nothing is, or is any more. */
  readonly released: (slug: PageSlug) => Promise<PublicPage | null>;
};
