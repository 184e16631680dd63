import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * What a page of ours may do. Nothing from another host, no inline script, nothing to be framed by.
 *
 * Styles: files of ours only, so an injected <style> stays dead. style="…" attributes (positions, progress bars) are
 * allowed: they reach no other element and load nothing, for images and fonts have their own lines here.
 */
export function pagePolicy({ isHttps }: { isHttps: boolean }): RequestHandler[] {
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
          'connect-src': ["'self'", (request) => socketSource(request)],
          'object-src': ["'none'"],
          'base-uri': ["'none'"],
          'form-action': ["'self'"],
          'frame-ancestors': ["'none'"],
        },
      },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
      strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
      // Browsers ignore it, loudly, on a hall's plain http.
      crossOriginOpenerPolicy: isHttps ? { policy: 'same-origin' } : false,
      originAgentCluster: isHttps,
    }),
  ];
}

function socketSource(request: object): string {
  const headers: unknown = 'headers' in request ? request.headers : undefined;
  const host =
    typeof headers === 'object' && headers !== null && 'host' in headers ? headers.host : undefined;
  // The header is the browser's own word, but a stray character must not end the policy.
  if (typeof host !== 'string' || !/^[A-Za-z0-9.:[\]-]{1,200}$/.test(host)) return "'self'";
  return `ws://${host} wss://${host}`;
}
