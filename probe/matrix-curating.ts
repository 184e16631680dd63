import { randomUUID } from 'node:crypto';
import { ViewId } from '../core/domain/ids.ts';
import type { Command } from '../core/domain/room/commands.ts';
import { handOf, type Knocking, type Scene } from './matrix-scene.ts';

type Stage = Scene['stage'];
type Asked = { readonly params: Readonly<Record<string, string>>; readonly body?: unknown };
type Maker = (scene: Scene, who: Knocking, isLetIn: boolean) => Promise<Asked>;

/** About a new view, after what must have happened to it; for whoever may not, about the one that is there. */
function ofNewView(before?: (viewId: ViewId) => Command): Maker {
  return async ({ stage, viewId }, _who, isLetIn) => {
    const { sessionId } = stage;
    if (!isLetIn) return { params: { sessionId, viewId } };
    const fresh = await newView(stage);
    if (before !== undefined) await stage.does(handOf(stage), before(fresh));
    return { params: { sessionId, viewId: fresh } };
  };
}

/** About two new views, merged before where that is named. */
function ofTwo(areMerged: boolean): Maker {
  return async ({ stage, viewId }, _who, isLetIn) => {
    const params = { sessionId: stage.sessionId };
    if (!isLetIn) return { params, body: { lead: viewId, others: [randomUUID()] } };
    const merging = { lead: await newView(stage), others: [await newView(stage)] };
    if (areMerged) await stage.does(handOf(stage), { type: 'mergeViews', merging });
    return { params, body: merging };
  };
}

async function newView(stage: Stage): Promise<ViewId> {
  const id = ViewId.parse(randomUUID());
  const view = { id, stance: 'info', text: '谁可以整理？', replyTo: null } as const;
  await stage.does(handOf(stage), { type: 'postView', view });
  return id;
}

/** What is asked about bringing out what was said. */
export const CURATING_REQUESTS = {
  markView: ofNewView(),
  unmarkView: ofNewView((viewId) => ({ type: 'markView', viewId })),
  spotlightView: ofNewView(),
  endSpotlight: async (scene: Scene, who: Knocking, isLetIn: boolean) => {
    const { params } = await ofNewView((viewId) => ({ type: 'spotlightView', viewId }))(scene, who, isLetIn);
    return { params: { sessionId: params['sessionId'] ?? '' } };
  },
  mergeViews: ofTwo(false),
  splitViews: ofTwo(true),
  showScene: async ({ stage }: Scene, _who: Knocking, isLetIn: boolean) => {
    // Another scene than the one that is asked for; it may stand there already.
    if (isLetIn) await stage.does(handOf(stage), { type: 'showScene', scene: 'code' }).catch(() => []);
    return { params: { sessionId: stage.sessionId }, body: { scene: 'agenda' } };
  },
};
