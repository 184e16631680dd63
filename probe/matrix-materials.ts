import { randomUUID } from 'node:crypto';
import { materialRoutes } from '../core/contract/materials.ts';
import { pictureRoutes } from '../core/contract/pictures.ts';
import { FileId, ViewId } from '../core/domain/ids.ts';
import { ViewPicture } from '../core/domain/pictures.ts';
import { MaterialDraft } from '../core/domain/materials.ts';
import { ask } from './ask.ts';
import { handOf, type Knocking, type Scene } from './matrix-scene.ts';
import type { Person } from './stage.ts';

type Asked = { readonly params: Readonly<Record<string, string>>; readonly body?: unknown };
type Maker = (scene: Scene, who: Knocking, isLetIn: boolean) => Promise<Asked>;

/** One pixel, as a PNG. */
const SMALLEST_PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

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
  sendPicture: async ({ stage }: Scene) => ({
    params: { sessionId: stage.sessionId, fileId: randomUUID() },
    body: SMALLEST_PICTURE,
  }),
  // One's own: whoever may send none has none, and is answered as for one that is nowhere.
  openOwnPicture: async (scene: Scene, { browser }: Knocking, isLetIn: boolean) => {
    const params = { sessionId: scene.stage.sessionId, fileId: FileId.parse(randomUUID()) };
    if (isLetIn) await ask(browser, pictureRoutes.sendPicture, { params, body: SMALLEST_PICTURE });
    return { params };
  },
  // Without a picture there is none to be given: a view that is nowhere is answered as such to all who may read.
  openPicture: async (scene: Scene, _who: Knocking, isLetIn: boolean) => {
    const { stage } = scene;
    if (!isLetIn)
      return { params: { sessionId: stage.sessionId, viewId: scene.viewId, fileId: randomUUID() } };
    const hand = handOf(stage);
    const params = { sessionId: stage.sessionId, fileId: FileId.parse(randomUUID()) };
    const { text } = await ask(hand.browser, pictureRoutes.sendPicture, { params, body: SMALLEST_PICTURE });
    const picture = ViewPicture.parse({ ...JSON.parse(text).picture, alt: '' });
    const viewId = ViewId.parse(randomUUID());
    const view = {
      id: viewId,
      stance: 'info',
      text: '谁可以看图？',
      replyTo: null,
      pictures: [picture],
    } as const;
    await stage.does(hand, { type: 'postView', view: { ...view, pictures: [picture] } });
    return { params: { ...params, viewId } };
  },
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
