import { archiveRoutes } from '../../../core/contract/archives.ts';
import {
  OfficialDocument,
  type DocumentForm,
  type DocumentKind,
  type Matter,
} from '../../../core/domain/documents/tree.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import { readAnswer } from '../../lib/api.ts';
import { ask } from '../../lib/early.ts';
import { ApiError } from '../../lib/errors.ts';

/** Which document of which record. */
export type WantedDocument = {
  readonly sessionId: SessionId;
  readonly kind: DocumentKind;
  /** 期号; null: it is left blank. */
  readonly number: number | null;
  /** The matter of a 社情民意信息. */
  readonly about: Matter | null;
};

/** Where a document is taken in one of its forms. */
export function documentAddress(
  { sessionId, kind, number, about }: WantedDocument,
  form: DocumentForm,
): string {
  const path = archiveRoutes.getDocument.path.replace(':sessionId', sessionId).replace(':kind', kind);
  const matter = about === null ? '' : `&about=${encodeURIComponent(about)}`;
  return `${path}?form=${form}${number === null ? '' : `&number=${number}`}${matter}`;
}

/** The document itself, to be shown. Throws ApiError: ARCHIVE_BROKEN, BUSY and whatever else keeps it. */
export async function loadDocument(wanted: WantedDocument, signal: AbortSignal): Promise<OfficialDocument> {
  let answer: { readonly response: Response; readonly text: string };
  try {
    const { response } = await ask(documentAddress(wanted, 'json'), { method: 'GET', signal });
    answer = { response, text: await response.text() };
  } catch (cause) {
    throw new ApiError('OFFLINE', { cause });
  }
  if (!answer.response.ok) readAnswer(archiveRoutes.getDocument, answer);
  const parsed = OfficialDocument.safeParse(JSON.parse(answer.text));
  if (!parsed.success) throw new ApiError('CLIENT_OUTDATED', { cause: parsed.error });
  return parsed.data;
}
