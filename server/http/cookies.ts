import type { Response } from 'express';

/** The cookie's two names; given by whoever reads it. */
export type CookieNames = { readonly secure: string; readonly plain: string };
type Cookie = { readonly names: CookieNames; readonly isSecure: boolean };

/** Hands the browser a sign-in that scripts cannot read and other sites cannot send along. */
export function setSignIn(
  response: Response,
  { token, days, ...cookie }: Cookie & { token: string; days: number },
): void {
  write(response, cookie, { token, maxAgeSeconds: days * 86_400 });
}

/** Takes the sign-in out of the browser. */
export function clearSignIn(response: Response, cookie: Cookie): void {
  write(response, cookie, { token: '', maxAgeSeconds: 0 });
}

function write(
  response: Response,
  { names, isSecure }: Cookie,
  { token, maxAgeSeconds }: { token: string; maxAgeSeconds: number },
): void {
  // Browsers refuse a __Host- cookie that is not Secure, and on plain http they refuse Secure ones.
  const start = isSecure ? `${names.secure}=${token}; Secure` : `${names.plain}=${token}`;
  response.append('Set-Cookie', `${start}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`);
}
