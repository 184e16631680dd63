import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * What a page of ours may do. Nothing from another host, no inline script, nothing to be framed by.
 *
 * Styles: files of ours only, so an injected <style> stays dead. style="…" attributes (positions, progress bars) are
 * allowed: they reach no other element and load nothing, for images and fonts have their own lines here.
 */
export function pagePolicy({
  isHttps,
  boxOrigin,
}: {
  isHttps: boolean;
  /** The host of ballot boxes, where that is another than ours. */
  boxOrigin: string | null;
}): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'self'"],
          'script-src': ["'self'"],
          'style-src': ["'self'"],
          'style-src-attr': ["'unsafe-inline'"],
          'img-src': ["'self'", 'data:', 'blob:'],
          'font-src': ["'self'"],
          // Safari before 15.4 does not read 'self' as covering our own sockets.
          'connect-src': [
            "'self'",
            (request) => socketSource(request),
            ...(boxOrigin === null ? [] : [boxOrigin]),
          ],
          'object-src': ["'none'"],
          'base-uri': ["'none'"],
          'form-action': ["'self'"],
          'frame-ancestors': ["'none'"],
        },
      },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
      strictTransportSecurity: isHttps ? { maxAge: YEAR_S, includeSubDomains: false } : false,
      // Browsers ignore it, loudly, on a hall's plain http.
      crossOriginOpenerPolicy: isHttps ? { policy: 'same-origin' } : false,
      originAgentCluster: isHttps,
    }),
  ];
}

const YEAR_S = 31_536_000;
// Said of what is no page: whoever opens it in a window gets something that can do nothing there.
const ANSWER: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** What an answer of the API may do: nothing. The same for every request, so nothing is worked out for each. */
export function answerPolicy({ isHttps }: { isHttps: boolean }): RequestHandler {
  const headers = new Map(Object.entries(ANSWER));
  if (isHttps) headers.set('Strict-Transport-Security', `max-age=${YEAR_S}`);
  return (_request, response, next) => {
    response.setHeaders(headers);
    next();
  };
}

function socketSource(request: object): string {
  const headers: unknown = 'headers' in request ? request.headers : undefined;
  const host =
    typeof headers === 'object' && headers !== null && 'host' in headers ? headers.host : undefined;
  // The header is the browser's own word, but a stray character must not end the policy.
  if (typeof host !== 'string' || !/^[A-Za-z0-9.:[\]-]{1,200}$/.test(host)) return "'self'";
  return `ws://${host} wss://${host}`;
}
