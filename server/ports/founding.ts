import type { OrgId, PersonId, StudioId } from '../../core/domain/ids.ts';

/** The first organisation of an installation, its studio and the administrator who convenes it. */
export type FirstHouse = {
  readonly org: { readonly id: OrgId; readonly name: string };
  readonly studio: { readonly id: StudioId; readonly name: string; readonly kind: string };
  readonly admin: {
    readonly personId: PersonId;
    readonly name: string;
    readonly login: string;
    readonly passwordHash: string;
  };
};

/** Founds an installation in which there is nobody yet. */
export type Founding = {
  readonly isEmpty: () => Promise<boolean>;
  /** One transaction under a lock of its own, so of several processes one founds. False: somebody is here already. */
  readonly found: (house: FirstHouse) => Promise<boolean>;
};
