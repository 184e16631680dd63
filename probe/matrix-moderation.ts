import { randomUUID } from 'node:crypto';
import { ViewId } from '../core/domain/ids.ts';
import { DEFAULT_MODERATION } from '../core/domain/moderation.ts';
import { handOf, type Knocking, type Scene } from './matrix-scene.ts';
import type { Person } from './stage.ts';

type Request = { readonly params: Readonly<Record<string, string>>; readonly body?: unknown };
type Maker = (scene: Scene, who: Knocking, isLetIn: boolean) => Promise<Request>;

const WHY = { reason: 'off_topic', why: '检验' } as const;
const author = ({ stage }: Scene) => stage.person('speaker');

/** A new view of somebody's; published, or held. */
async function viewOf(scene: Scene, by: Person, isHeld = false): Promise<ViewId> {
  const { stage } = scene;
  const viewId = ViewId.parse(randomUUID());
  const view = { id: viewId, stance: 'question', text: '谁来审核？', replyTo: null } as const;
  const holding = { ...DEFAULT_MODERATION, hold: ['resident' as const] };
  if (isHeld) await stage.does(stage.chair, { type: 'ruleModeration', rules: holding });
  await stage.does(by, { type: 'postView', view });
  if (isHeld) await stage.does(stage.chair, { type: 'ruleModeration', rules: DEFAULT_MODERATION });
  return viewId;
}

/** About a view that is made for whoever is let in; for the others, the one that there is. */
function about(make: (scene: Scene, who: Knocking) => Promise<ViewId>, body?: unknown): Maker {
  return async (scene, who, isLetIn) => {
    const viewId = isLetIn ? await make(scene, who) : scene.viewId;
    return { params: { sessionId: scene.stage.sessionId, viewId }, ...(body === undefined ? {} : { body }) };
  };
}

const caller = ({ stage }: Scene, { caller: one }: Knocking): Person =>
  one.kind === 'seat' ? stage.person(one.role) : stage.chair;

/** Somebody who moderates, and is not whoever knocks. */
const another = ({ stage }: Scene, { caller: one }: Knocking): Person =>
  stage.person(one.kind === 'seat' && one.role === 'recorder' ? 'staff' : 'recorder');

const held = (scene: Scene) => viewOf(scene, author(scene), true);
const hiddenOwn = async (scene: Scene, who: Knocking): Promise<ViewId> => {
  const viewId = await viewOf(scene, caller(scene, who));
  await scene.stage.does(another(scene, who), { type: 'hideView', viewId, ...WHY });
  return viewId;
};

/** About the right of the speaker to post, brought into the state that is asked about first. */
function muting(before: 'muteSpeaker' | 'unmuteSpeaker', body?: unknown): Maker {
  return async (scene, _who, isLetIn) => {
    const { participantId } = author(scene);
    const command =
      before === 'muteSpeaker'
        ? ({ type: before, participantId, why: '检验' } as const)
        : ({ type: before, participantId } as const);
    if (isLetIn) await scene.stage.does(handOf(scene.stage), command).catch(() => []);
    const params = { sessionId: scene.stage.sessionId, participantId };
    return { params, ...(body === undefined ? {} : { body }) };
  };
}

function silence(before: 'silenceAll' | 'liftSilence'): Maker {
  return async (scene, _who, isLetIn) => {
    if (isLetIn) await scene.stage.does(handOf(scene.stage), { type: before }).catch(() => []);
    return { params: { sessionId: scene.stage.sessionId } };
  };
}

/** What is sent through the doors of moderation. */
export const moderationRequests = {
  getModeration: ({ stage }: Scene) => ({ params: { sessionId: stage.sessionId } }),
  passView: about(held),
  refuseView: about(held, WHY),
  forgoView: about(hiddenOwn),
  appealView: about(hiddenOwn, { why: '检验' }),
  decideAppeal: about(
    async (scene, who) => {
      const viewId = await viewOf(scene, author(scene));
      await scene.stage.does(another(scene, who), { type: 'hideView', viewId, ...WHY });
      await scene.stage.does(author(scene), { type: 'appealView', viewId, why: '检验' });
      return viewId;
    },
    { upheld: '检验' },
  ),
  hideView: about((scene) => viewOf(scene, author(scene)), WHY),
  restoreView: about(async (scene) => {
    const viewId = await viewOf(scene, author(scene));
    await scene.stage.does(handOf(scene.stage), { type: 'hideView', viewId, ...WHY });
    return viewId;
  }),
  reportView: about((scene) => viewOf(scene, author(scene)), { reason: 'other' }),
  dismissReports: about(
    async (scene, who) => {
      const viewId = await viewOf(scene, author(scene));
      await scene.stage.does(another(scene, who), { type: 'reportView', viewId, reason: 'other' });
      return viewId;
    },
    { why: '检验', seen: Number.MAX_SAFE_INTEGER },
  ),
  ruleModeration: ({ stage }: Scene) => ({
    params: { sessionId: stage.sessionId },
    body: DEFAULT_MODERATION,
  }),
  silenceAll: silence('liftSilence'),
  liftSilence: silence('silenceAll'),
  muteSpeaker: muting('unmuteSpeaker', { why: '检验' }),
  unmuteSpeaker: muting('muteSpeaker'),
};
