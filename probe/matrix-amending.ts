import { randomUUID } from 'node:crypto';
import { AmendmentDraft } from '../core/domain/amendments.ts';
import { AmendmentId } from '../core/domain/ids.ts';
import { handOf, type Knocking, type Scene } from './matrix-scene.ts';

type Asked = { readonly params: Readonly<Record<string, string>>; readonly body?: unknown };
type Maker = (scene: Scene, who: Knocking, isLetIn: boolean) => Promise<Asked>;

const draft = (): AmendmentDraft =>
  AmendmentDraft.parse({
    id: randomUUID(),
    anchor: { from: 'AA', to: 'AA', quote: '检验' },
    words: '检验过了',
  });

/** About an amendment that waits, of one's own or of somebody else; for whoever may not, about one that is nowhere. */
function ofAmendment(isOwn: boolean, body?: unknown): Maker {
  return async ({ stage }, { caller }, isLetIn) => {
    const params = { sessionId: stage.sessionId, amendmentId: AmendmentId.parse(randomUUID()) };
    if (!isLetIn) return { params, body };
    const author = isOwn && caller.kind === 'seat' ? stage.person(caller.role) : handOf(stage);
    const amendment = draft();
    await stage.does(author, { type: 'makeAmendment', amendment });
    return { params: { ...params, amendmentId: amendment.id }, body };
  };
}

/** What is asked about what people would have otherwise in the text. */
export const AMENDING_REQUESTS = {
  makeAmendment: async ({ stage }: Scene) => ({ params: { sessionId: stage.sessionId }, body: draft() }),
  withdrawAmendment: ofAmendment(true),
  acceptAmendment: ofAmendment(false, {}),
  declineAmendment: ofAmendment(false, { why: '检验' }),
};
