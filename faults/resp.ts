/** Whole messages of Redis's protocol (RESP 2 and 3) at the beginning of some bytes, and what is left behind them. */
export function splitFrames(bytes: Buffer): { readonly frames: readonly Buffer[]; readonly rest: Buffer } {
  const frames: Buffer[] = [];
  let at = 0;
  for (let end = endOf(bytes, at); end !== null; end = endOf(bytes, at)) {
    frames.push(bytes.subarray(at, end));
    at = end;
  }
  return { frames, rest: bytes.subarray(at) };
}

const CRLF = Buffer.from('\r\n');
const BULK = /[$=!]/;
const LIST = /[*~>]/;
const PAIRS = /[%|]/;

/** Where the message that begins here ends; null while a part of it is missing. */
function endOf(bytes: Buffer, at: number): number | null {
  const line = bytes.indexOf(CRLF, at);
  if (at >= bytes.length || line === -1) return null;
  const kind = String.fromCharCode(bytes[at] ?? 0);
  const behind = line + CRLF.length;
  const count = Number(bytes.toString('latin1', at + 1, line));
  if (BULK.test(kind)) {
    const end = count < 0 ? behind : behind + count + CRLF.length;
    return end <= bytes.length ? end : null;
  }
  const parts = LIST.test(kind) ? count : PAIRS.test(kind) ? count * 2 + (kind === '|' ? 1 : 0) : 0;
  let end: number | null = behind;
  for (let part = 0; part < parts && end !== null; part += 1) end = endOf(bytes, end);
  return end;
}

/** Whether a message is one that somebody published, not an answer. */
export function isPublished(frame: Buffer): boolean {
  return /^[*>]3\r\n\$7\r\nmessage\r\n/.test(frame.toString('latin1', 0, 24));
}
