// What the room will ask the server for is asked while its code is still on its way. Imports nothing: it is a file of
// a few hundred bytes, which the page of a room runs long before the client itself is there.

/** What the server said, and when, by deviceNow(): in the middle between asking and hearing. */
export type Heard = { readonly response: Response; readonly askedAt: number; readonly spokenAt: number };

/**
 * After this the world has moved on too far: it is asked anew. Long enough for the code to come over a slow network;
 * what happened meanwhile is read from the log, as after any other pause.
 */
const FRESH_MS = 60_000;
/** Where client/lib/me.ts notes whose sign-in this browser holds. */
const WHO = 'shangliang.who';

/** drop: nobody will read it any more. */
export type Asked = { readonly heard: Promise<Heard>; readonly drop: () => void };
type Early = Asked & { readonly askedAt: number; readonly who: string | null };
const early = new Map<string, Early>();

/** Asks for what the page at this path begins with. */
export function askEarly(pathname: string): void {
  const [, sessionId] = /^\/sessions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(pathname) ?? [];
  if (sessionId === undefined) return;
  const who = whoIsNoted();
  for (const address of [`/api/sessions/${sessionId}/snapshot`, '/api/me']) {
    const abort = new AbortController();
    const headers = { Accept: 'application/json' };
    const heard = ask(address, { method: 'GET', headers, signal: abort.signal });
    // Whoever takes it hears of a failure; if nobody does, nobody missed anything.
    heard.catch(() => undefined);
    early.set(address, { askedAt: Date.now(), who, heard, drop: () => abort.abort() });
  }
}

/** What was asked early at this address, once; nothing when it is old, or was told to somebody else. */
export function takeEarly(address: string): Asked | undefined {
  const found = early.get(address);
  early.delete(address);
  if (found === undefined) return undefined;
  // Another tab may have signed somebody else in: what the server told the one before is none of theirs.
  if (Date.now() - found.askedAt < FRESH_MS && found.who === whoIsNoted()) return found;
  found.drop();
  return undefined;
}

/** Something has been done meanwhile that the early answers do not know of. */
export function forgetEarly(): void {
  for (const { drop } of early.values()) drop();
  early.clear();
}

function whoIsNoted(): string | null {
  try {
    return window.localStorage.getItem(WHO);
  } catch {
    return null;
  }
}

export async function ask(address: string, request: RequestInit): Promise<Heard> {
  const askedAt = deviceNow();
  const response = await fetch(address, { credentials: 'same-origin', cache: 'no-store', ...request });
  return { response, askedAt, spokenAt: (askedAt + deviceNow()) / 2 };
}

/**
 * Milliseconds since the epoch by a clock that nobody sets: when a phone's time of day is put right in the middle of a
 * session, this one goes on. Here, because this file imports nothing.
 */
export function deviceNow(): number {
  return performance.timeOrigin + performance.now();
}

if (typeof window !== 'undefined') askEarly(window.location.pathname);
