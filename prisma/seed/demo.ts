import { OrgId, StudioId } from '../../core/domain/ids.ts';
import { uuidOf } from '../../core/domain/scenarios/names.ts';

/** What everybody of the demo signs in with. Never the password of a real installation. */
export const DEMO_PASSWORD = 'yunchuan-demo';
/** The administrator of the demo. */
export const DEMO_ADMIN = 'admin';

/** The org of the demo. */
export const DEMO_ORG = {
  id: OrgId.parse(uuidOf('shangliang/demo/org')),
  name: '政协云川县委员会',
} as const;

/** The id of a studio of the demo, by its name in the scenario files. */
export function demoStudioId(name: string): StudioId {
  return StudioId.parse(uuidOf(`shangliang/demo/studio/${name}`));
}

/** The studio of the office itself, where the administrator convenes. */
export const DEMO_OFFICE_STUDIO = { id: demoStudioId('office'), name: '县政协办公室' } as const;
