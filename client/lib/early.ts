// What the room will ask the server for is asked while its code is still on its way. Imports nothing: it is a file of
// a few hundred bytes, which the page of a room runs long before the client itself is there.

/** What the server said, and when, by this device's clock: in the middle between asking and hearing. */
export type Heard = { readonly response: Response; readonly spokenAt: number };

/** After this the world may have moved on: it is asked anew. */
const FRESH_MS = 10_000;
type Early = { readonly askedAt: number; readonly heard: Promise<Heard> };
const early = new Map<string, Early>();

/** Asks for what the page at this path begins with. */
export function askEarly(pathname: string): void {
  const [, sessionId] = /^\/sessions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(pathname) ?? [];
  if (sessionId === undefined) return;
  for (const address of [`/api/sessions/${sessionId}/snapshot`, '/api/me']) {
    const heard = ask(address, { method: 'GET', headers: { Accept: 'application/json' } });
    // Whoever takes it hears of a failure; if nobody does, nobody missed anything.
    heard.catch(() => undefined);
    early.set(address, { askedAt: Date.now(), heard });
  }
}

/** What was asked early at this address, once. */
export function takeEarly(address: string): Promise<Heard> | undefined {
  const found = early.get(address);
  early.delete(address);
  return found !== undefined && Date.now() - found.askedAt < FRESH_MS ? found.heard : undefined;
}

/** Something has been done meanwhile that the early answers do not know of. */
export function forgetEarly(): void {
  early.clear();
}

export async function ask(address: string, request: RequestInit): Promise<Heard> {
  const askedAt = Date.now();
  const response = await fetch(address, { credentials: 'same-origin', cache: 'no-store', ...request });
  return { response, spokenAt: (askedAt + Date.now()) / 2 };
}

if (typeof window !== 'undefined') askEarly(window.location.pathname);
