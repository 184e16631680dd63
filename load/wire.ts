/** A frame of Socket.io over a WebSocket, as far as somebody who only listens needs it. */
export type Frame =
  | {
      readonly kind: 'open';
      /** How long silence may last before the line counts as dead. */ readonly silenceMs: number;
    }
  | { readonly kind: 'ping' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'event'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'ack'; readonly value: unknown }
  /** The server ended it, or would not have us. */
  | { readonly kind: 'end' }
  | { readonly kind: 'other' };

export const CONNECT = '40';
export const PONG = '3';

/** A message that asks for an answer. One question at a time is all a listener has. */
export function question(name: string, value: unknown): string {
  return `420${JSON.stringify([name, value])}`;
}

/** Engine.io's digit, then for a message Socket.io's, then perhaps the number of the question, then JSON. */
export function readFrame(text: string): Frame {
  if (text === '2') return { kind: 'ping' };
  if (text.startsWith('0')) return { kind: 'open', silenceMs: silenceOf(JSON.parse(text.slice(1))) };
  if (text === '1' || text.startsWith('41') || text.startsWith('44')) return { kind: 'end' };
  if (text.startsWith('40')) return { kind: 'connected' };
  const [, type, json] = /^4([23])\d*(\[.*)$/s.exec(text) ?? [];
  if (json === undefined) return { kind: 'other' };
  const parts: unknown = JSON.parse(json);
  if (!Array.isArray(parts)) return { kind: 'other' };
  if (type === '3') return { kind: 'ack', value: parts[0] };
  return { kind: 'event', name: String(parts[0]), value: parts[1] };
}

function silenceOf(open: unknown): number {
  const { pingInterval, pingTimeout } = Object(open) as Record<string, unknown>; // reason: an object of unknowns is what any value may be read as
  return Number(pingInterval) + Number(pingTimeout);
}
