import { randomUUID } from 'node:crypto';
import { AmendmentDraft } from '../core/domain/amendments.ts';
import { AmendmentId, RemarkId } from '../core/domain/ids.ts';
import { RemarkDraft } from '../core/domain/remarks.ts';
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

const remarkDraft = (): RemarkDraft =>
  RemarkDraft.parse({
    id: randomUUID(),
    anchor: { from: 'AA', to: 'AA', quote: '检验' },
    words: '谁可以批注？',
  });

/** About a remark of one's own, resolved before where that is what is asked; for whoever may not, one that is nowhere. */
function ofRemark(isResolved: boolean, body?: unknown): Maker {
  return async ({ stage }, { caller }, isLetIn) => {
    const params = { sessionId: stage.sessionId, remarkId: RemarkId.parse(randomUUID()) };
    if (!isLetIn) return { params, body };
    const author = caller.kind === 'seat' ? stage.person(caller.role) : handOf(stage);
    const remark = remarkDraft();
    await stage.does(author, { type: 'makeRemark', remark });
    if (isResolved) await stage.does(author, { type: 'resolveRemark', remarkId: remark.id });
    return { params: { ...params, remarkId: remark.id }, body };
  };
}

/** A paragraph of its own each time. */
const someDigest = () => randomUUID().replace(/-/g, '').repeat(2);
const somewhere = { place: { from: 'AA', to: 'AA' } };

/** What is asked about what people would have otherwise in the text, and what they remark on it. */
export const AMENDING_REQUESTS = {
  makeAmendment: async ({ stage }: Scene) => ({ params: { sessionId: stage.sessionId }, body: draft() }),
  withdrawAmendment: ofAmendment(true),
  acceptAmendment: ofAmendment(false, {}),
  declineAmendment: ofAmendment(false, { why: '检验' }),
  makeRemark: async ({ stage }: Scene) => ({ params: { sessionId: stage.sessionId }, body: remarkDraft() }),
  answerRemark: ofRemark(false, { words: '检验' }),
  resolveRemark: ofRemark(false),
  reopenRemark: ofRemark(true),
  giveAssent: async ({ stage }: Scene) => ({
    params: { sessionId: stage.sessionId, sha256: someDigest() },
    body: somewhere,
  }),
  withdrawAssent: async ({ stage }: Scene, { caller }: Knocking, isLetIn: boolean) => {
    const sha256 = someDigest();
    if (isLetIn && caller.kind === 'seat')
      await stage.does(stage.person(caller.role), { type: 'giveAssent', assent: { sha256, ...somewhere } });
    return { params: { sessionId: stage.sessionId, sha256 } };
  },
};
