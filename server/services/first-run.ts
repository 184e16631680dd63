import { OrgId, PersonId, StudioId } from '../../core/domain/ids.ts';
import { readablePassword } from '../../core/domain/passwords.ts';
import type { Founding } from '../ports/founding.ts';
import type { Ids } from '../ports/ids.ts';
import type { Passwords } from './passwords.ts';

/** What the first run needs of the world. */
export type FirstRunDeps = {
  readonly founding: Founding;
  readonly passwords: Passwords;
  readonly ids: Ids;
  readonly orgName: string;
};

/** How the first administrator signs in. Kept nowhere: whoever is told must tell the person. */
export type FirstSignIn = { readonly login: string; readonly password: string };

// Data, not interface: names of rows, which the office may change.
const STUDIO = { name: '协商办公室', kind: '综合' } as const;
const ADMIN = { name: '系统管理员', login: 'admin' } as const;

/** In an installation where there is nobody, makes the organisation and who can let the others in; else null. */
export async function firstRun({
  founding,
  passwords,
  ids,
  orgName,
}: FirstRunDeps): Promise<FirstSignIn | null> {
  if (!(await founding.isEmpty())) return null;
  const password = readablePassword(Buffer.from(ids.token(), 'base64url'));
  const isFounded = await founding.found({
    org: { id: OrgId.parse(ids.uuid()), name: orgName },
    studio: { id: StudioId.parse(ids.uuid()), ...STUDIO },
    admin: {
      personId: PersonId.parse(ids.uuid()),
      ...ADMIN,
      passwordHash: await passwords.hash(password),
    },
  });
  return isFounded ? { login: ADMIN.login, password } : null;
}
