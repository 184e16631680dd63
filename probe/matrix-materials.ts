import { randomUUID } from 'node:crypto';
import { materialRoutes } from '../core/contract/materials.ts';
import { FileId } from '../core/domain/ids.ts';
import { MaterialDraft } from '../core/domain/materials.ts';
import { ask } from './ask.ts';
import { handOf, type Knocking, type Scene } from './matrix-scene.ts';
import type { Person } from './stage.ts';

type Asked = { readonly params: Readonly<Record<string, string>>; readonly body?: unknown };
type Maker = (scene: Scene, who: Knocking, isLetIn: boolean) => Promise<Asked>;

/** A text that nobody has sent before. */
const textFile = () => `检验 ${randomUUID()}`;

/** Sends a file; what is added with it. */
async function sent(scene: Scene, who: Pick<Knocking, 'browser'>): Promise<MaterialDraft> {
  const params = { sessionId: scene.stage.sessionId, fileId: FileId.parse(randomUUID()) };
  const { text } = await ask(who.browser, materialRoutes.sendMaterial, { params, body: textFile() });
  return MaterialDraft.parse({ ...JSON.parse(text).file, title: '检验' });
}

/** About a material of the convener's; for whoever may not, about one that is nowhere. */
function ofMaterial(body?: unknown): Maker {
  return async (scene, _who, isLetIn) => {
    const { stage } = scene;
    const params = { sessionId: stage.sessionId, materialId: randomUUID() as string };
    if (!isLetIn) return { params, body };
    const hand: Person = handOf(stage);
    const material = await sent(scene, hand);
    await stage.does(hand, { type: 'addMaterial', material });
    return { params: { ...params, materialId: material.id }, body };
  };
}

/** What is asked about what lies beside a session. */
export const MATERIAL_REQUESTS = {
  sendMaterial: async ({ stage }: Scene) => ({
    params: { sessionId: stage.sessionId, fileId: randomUUID() },
    body: textFile(),
  }),
  openMaterial: ofMaterial(),
  getMaterialReaders: async ({ stage }: Scene) => ({ params: { sessionId: stage.sessionId } }),
  addMaterial: async (scene: Scene, who: Knocking, isLetIn: boolean) => ({
    params: { sessionId: scene.stage.sessionId },
    body: isLetIn ? await sent(scene, who) : unsent(),
  }),
  placeMaterial: ofMaterial({ before: null }),
  // Whoever takes it out takes out one that the next does not need.
  withdrawMaterial: ofMaterial(),
};

/** A material of which the file was never sent. */
export function unsent() {
  return { id: randomUUID(), kind: 'text', sizeBytes: 6, sha256: '0'.repeat(64), title: '检验' };
}
