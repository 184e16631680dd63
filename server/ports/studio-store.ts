import type { Studio } from '../../core/contract/office.ts';
import type { OrgId, PersonId, StudioId } from '../../core/domain/ids.ts';

/** Studios at rest. */
export type StudioStore = {
  /** Studios of an organisation, by name. */
  readonly list: (orgId: OrgId) => Promise<readonly Studio[]>;
  /** Studios where a person convenes, by name. */
  readonly listOf: (personId: PersonId) => Promise<readonly Studio[]>;
  /** Null: no such studio in the organisation. */
  readonly find: (orgId: OrgId, studioId: StudioId) => Promise<Studio | null>;
  /** False: the id is in use by another studio. The same studio again is true. */
  readonly create: (studio: {
    readonly id: StudioId;
    readonly orgId: OrgId;
    readonly name: string;
    readonly kind: string;
  }) => Promise<boolean>;
  readonly setMember: (
    studioId: StudioId,
    personId: PersonId,
    member: { readonly isConvener: boolean },
  ) => Promise<void>;
};
