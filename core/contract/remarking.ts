import { RemarkId } from '../domain/ids.ts';
import { RemarkDraft } from '../domain/remarks.ts';
import { door } from './door.ts';
import { none } from './none.ts';
import { SessionParams } from './snapshot.ts';

const RemarkParams = SessionParams.extend({ remarkId: RemarkId });

/** What people say about words of the shared text; part of the doors of a room. */
export const remarkDoors = {
  makeRemark: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/text/remarks',
    summary:
      'Remark on words of the text. Nothing of the text changes by it. Errors: AMENDMENT_IS_HELD, REMARKS_OPEN (max), REMARKS_FULL (max).',
    params: SessionParams,
    body: RemarkDraft,
    command: (_params, remark) => ({ type: 'makeRemark', remark }),
  }),
  answerRemark: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/text/remarks/:remarkId/answers',
    summary:
      'Answer a remark that is open. Errors: REMARK_UNKNOWN, REMARK_RESOLVED, REMARKS_FULL (max), AMENDMENT_IS_HELD.',
    params: RemarkParams,
    body: RemarkDraft.pick({ words: true }),
    command: ({ remarkId }, { words }) => ({ type: 'answerRemark', remarkId, words }),
  }),
  resolveRemark: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/text/remarks/:remarkId/resolution',
    summary:
      'Say that a remark is resolved; its author, or whoever keeps the text. Errors: REMARK_UNKNOWN, REMARK_RESOLVED, NOT_OWN_REMARK.',
    params: RemarkParams,
    body: none,
    command: ({ remarkId }) => ({ type: 'resolveRemark', remarkId }),
  }),
  reopenRemark: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/text/remarks/:remarkId/resolution',
    summary: 'Open a remark again. Errors: REMARK_UNKNOWN, REMARK_NOT_RESOLVED, NOT_OWN_REMARK.',
    params: RemarkParams,
    body: none,
    command: ({ remarkId }) => ({ type: 'reopenRemark', remarkId }),
  }),
};
