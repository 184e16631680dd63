/** Where to go after signing in: a path of ours, and nothing that could lead to another site. */
export function nextPath(search: string): string {
  const asked = new URLSearchParams(search).get('next') ?? '/';
  const isOurs = /^\/(?![/\\])[A-Za-z0-9/_-]*$/.test(asked) && !asked.startsWith('/sign-in');
  return isOurs ? asked : '/';
}

/** The sign-in page that leads back to where the person is now. */
export function signInPath(here: string): string {
  return here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`;
}
