import { useQuery, useQueryClient } from '@tanstack/react-query';
import { sessionRoutes, type JoinLink } from '../../../core/contract/sessions.ts';
import { LinkId, type SessionId } from '../../../core/domain/ids.ts';
import type { JoinableRole } from '../../../core/domain/people.ts';
import { call, newId } from '../../lib/api.ts';

export type NewLink = {
  readonly role: JoinableRole;
  readonly venueId: string | null;
  readonly maxUses: number;
};

/** The links of a session, counted anew while somebody looks; and what the chair does with them. */
export function useLinks(sessionId: SessionId, isAllowed: boolean) {
  const queries = useQueryClient();
  const queryKey = ['links', sessionId];
  const links = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(sessionRoutes.listLinks, { params: { sessionId }, signal }),
    enabled: isAllowed,
    refetchInterval: 10_000,
  });
  const refresh = () => queries.invalidateQueries({ queryKey });
  return {
    links,
    create: async ({ role, venueId, maxUses }: NewLink): Promise<JoinLink> => {
      const body = { id: LinkId.parse(newId()), role, venueId, maxUses };
      const link = await call(sessionRoutes.createLink, { params: { sessionId }, body });
      await refresh();
      return link;
    },
    revoke: async (linkId: LinkId): Promise<void> => {
      await call(sessionRoutes.revokeLink, { params: { sessionId, linkId } });
      await refresh();
    },
  };
}

/** A link that still lets people in. */
export function isUsable(link: JoinLink, nowMs: number): boolean {
  return link.revokedAt === null && Date.parse(link.expiresAt) > nowMs && link.uses < link.maxUses;
}

/** The link to project: for residents first, the newest. */
export function linkToProject(links: readonly JoinLink[], nowMs: number): JoinLink | null {
  const usable = links.filter((link) => isUsable(link, nowMs) && link.maxUses > 1);
  const forResidents = usable.filter((link) => link.role === 'resident');
  return (forResidents.length > 0 ? forResidents : usable)[0] ?? null;
}
