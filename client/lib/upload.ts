import { ErrorBody } from '../../core/contract/errors.ts';
import type { ParamsOf, ReplyOf, Route } from '../../core/contract/route.ts';
import { ApiError } from './errors.ts';

/** How long a line may stand still before the file is given up. */
const SILENCE_MS = 30_000;

type Upload<R extends Route> = {
  readonly params: ParamsOf<R>;
  readonly file: Blob;
  /** 0 … 1, as it goes out. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
};

/**
 * Sends a file through a door that takes one. Throws ApiError, OFFLINE too where it was called off. Not fetch, which
 * cannot say how much of a body has gone out.
 */
export function upload<R extends Route>(route: R, asked: Upload<R>): Promise<ReplyOf<R>> {
  const { file, onProgress, signal } = asked;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer = setTimeout(() => request.abort(), SILENCE_MS);
    const stillThere = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), SILENCE_MS);
    };
    const fail = () => {
      clearTimeout(timer);
      reject(new ApiError('OFFLINE'));
    };
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      stillThere();
      onProgress?.(total === 0 ? 0 : loaded / total);
    });
    request.addEventListener('error', fail);
    request.addEventListener('abort', fail);
    request.addEventListener('load', () => {
      clearTimeout(timer);
      try {
        resolve(read(route, request));
      } catch (error) {
        reject(error);
      }
    });
    signal?.addEventListener('abort', () => request.abort());
    request.open(route.method, addressOf(route, asked.params));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    request.send(file);
  });
}

/** The address of a door without a query. */
export function addressOf<R extends Route>(route: R, params: ParamsOf<R>): string {
  const known = new Map<string, unknown>(Object.entries(params ?? {}));
  return route.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(String(known.get(name))));
}

function read<R extends Route>(route: R, { status, responseText }: XMLHttpRequest): ReplyOf<R> {
  let content: unknown;
  try {
    content = JSON.parse(responseText);
  } catch (cause) {
    // A proxy's page instead of our answer.
    throw new ApiError(status === 413 ? 'FILE_TOO_LARGE' : 'OFFLINE', { cause });
  }
  if (status >= 400) {
    const body = ErrorBody.safeParse(content);
    if (!body.success) throw new ApiError('UNEXPECTED', { cause: body.error });
    const { reason, details, requestId, message } = body.data;
    throw new ApiError(reason, { details, requestId, message });
  }
  const reply = route.reply.safeParse(content);
  if (!reply.success) throw new ApiError('CLIENT_OUTDATED', { cause: reply.error });
  // -- reason: Route<…> widens the schema's output to unknown; ReplyOf<R> is that very schema's type.
  return reply.data as ReplyOf<R>;
}
