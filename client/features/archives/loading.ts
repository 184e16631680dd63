import { archiveRoutes, type Archive } from '../../../core/contract/archives.ts';
import type { LogRow } from '../../../core/domain/chain.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import { call, readAnswer } from '../../lib/api.ts';
import { ask } from '../../lib/early.ts';
import { ApiError } from '../../lib/errors.ts';

/** The sealed record of a session. Throws ApiError; ARCHIVE_UNKNOWN until it is closed. */
export function loadArchive(sessionId: SessionId, signal: AbortSignal): Promise<Archive> {
  return call(archiveRoutes.getArchive, { params: { sessionId }, query: {}, signal });
}

/** What lay in the ballot boxes of its polls, as it was sealed; {} where there were none. Throws ApiError. */
export async function loadBoxes(
  sessionId: SessionId,
  signal: AbortSignal,
): Promise<NonNullable<Archive['boxes']>> {
  const asked = { params: { sessionId }, query: { with: 'boxes' as const } };
  const { boxes } = await call(archiveRoutes.getArchive, { ...asked, signal });
  return boxes ?? {};
}

type Download = {
  readonly sessionId: SessionId;
  readonly signal: AbortSignal;
  readonly onProgress: (rows: number) => void;
};

/** All rows of the log, page after page. Throws ApiError. */
export async function loadLog({ sessionId, signal, onProgress }: Download): Promise<readonly LogRow[]> {
  const rows: LogRow[] = [];
  for (let more = true; more;) {
    const page = await call(archiveRoutes.getLog, {
      params: { sessionId },
      query: { after: rows.length },
      signal,
    });
    rows.push(...page.rows);
    onProgress(rows.length);
    // A server that says more and sends nothing would keep us here for ever.
    more = page.more && page.rows.length > 0;
  }
  return rows;
}

/**
 * Where the record can be taken as one file, once the server has it ready. Throws ApiError: ARCHIVE_BROKEN, BUSY and whatever else
 * keeps it, because a browser that is sent there says nothing of why.
 */
export async function bundleAddress(sessionId: SessionId): Promise<string> {
  const route = archiveRoutes.getBundle;
  const address = route.path.replace(':sessionId', sessionId);
  let response: Response;
  try {
    ({ response } = await ask(address, { method: 'GET' }));
  } catch (cause) {
    throw new ApiError('OFFLINE', { cause });
  }
  if (!response.ok) readAnswer(route, { response, text: await response.text() });
  // Its bytes go where files go: the browser asks for them itself.
  await response.body?.cancel();
  return address;
}
