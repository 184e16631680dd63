import type { Request } from 'express';
import { AppError } from '../app-error.ts';
import type { Proxies } from '../proxies.ts';

/** The address that people type: PUBLIC_URL, or where this request went. */
export function originOf(request: Request, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return new URL(publicUrl).origin;
  return `${request.protocol}://${request.get('host') ?? 'localhost'}`;
}

/** Whether a socket's handshake comes from our own pages. Browsers always name their origin there. */
export function isOurOrigin(
  { origin, host }: { readonly origin?: string | undefined; readonly host?: string | undefined },
  { publicUrl, proxies }: { readonly publicUrl: string | undefined; readonly proxies: Proxies },
): boolean {
  if (origin === undefined) return false;
  if (publicUrl !== undefined) return origin === new URL(publicUrl).origin;
  if (host === undefined) return false;
  // We speak plain http; only a proxy in front may have spoken https for us.
  return origin === `http://${host}` || (proxies !== 0 && origin === `https://${host}`);
}

/**
 * Refuses a request that another site made a browser send. Browsers put Origin on every request that changes
 * something; one that carries a cookie and neither header is not from our pages. Programs without a cookie may knock.
 */
export function guardOrigin(request: Request, publicUrl: string | undefined): void {
  const origin = request.get('origin');
  const site = request.get('sec-fetch-site');
  if (origin !== undefined) {
    if (origin !== originOf(request, publicUrl)) throw new AppError('ORIGIN_FOREIGN');
    return;
  }
  const isOurs = site === undefined ? request.get('cookie') === undefined : site === 'same-origin';
  if (!isOurs) throw new AppError('ORIGIN_FOREIGN');
}

/** A form can be posted across sites with any of its own types, but never with this one. */
export function guardContentType(request: Request): void {
  const hasBody =
    request.get('transfer-encoding') !== undefined || Number(request.get('content-length') ?? 0) > 0;
  const given = request.get('content-type');
  if (!hasBody && given === undefined) return;
  const [type, ...params] = (given ?? '').split(';').map((part) => part.trim().toLowerCase());
  // JSON is UTF-8. Whatever reads along, a proxy or a log, must not see other letters than we do.
  const isUtf8 = params.every((param) => !param.startsWith('charset=') || /^charset="?utf-8"?$/.test(param));
  if (type !== 'application/json' || !isUtf8)
    throw new AppError('MALFORMED', { details: { path: 'content-type' } });
}
