import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** Where the page finds its nonce: <meta name="csp-nonce" nonce="…">. */
const meta = (nonce: string) => `<meta name="csp-nonce" nonce="${nonce}">`;

/**
 * What a page of ours may do. Nothing from another host, no inline script, nothing to be framed by.
 *
 * Styles: the component library and the editor put <style> elements into the page while it runs. They carry the
 * page's nonce, so an injected <style> without it stays dead. style="…" attributes (positions, progress bars) are
 * allowed: they reach no other element and load nothing, for images and fonts have their own lines here.
 */
export function pagePolicy({ isHttps }: { isHttps: boolean }): RequestHandler[] {
  return [
    (_request: Request, response: Response, next: NextFunction) => {
      response.locals['nonce'] = randomBytes(16).toString('base64');
      next();
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'self'"],
          'script-src': ["'self'"],
          'style-src': ["'self'", (_request, response) => `'nonce-${nonceOf(response)}'`],
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

/** The page with this answer's nonce in it. */
export function withNonce(page: string, response: object): string {
  return page.replace('<head>', `<head>${meta(nonceOf(response))}`);
}

function nonceOf(response: object): string {
  const locals: unknown = 'locals' in response ? response.locals : undefined;
  const nonce = typeof locals === 'object' && locals !== null && 'nonce' in locals ? locals.nonce : undefined;
  return typeof nonce === 'string' ? nonce : '';
}

function socketSource(request: object): string {
  const headers: unknown = 'headers' in request ? request.headers : undefined;
  const host =
    typeof headers === 'object' && headers !== null && 'host' in headers ? headers.host : undefined;
  // The header is the browser's own word, but a stray character must not end the policy.
  if (typeof host !== 'string' || !/^[A-Za-z0-9.:[\]-]{1,200}$/.test(host)) return "'self'";
  return `ws://${host} wss://${host}`;
}
