import type { RoomEvent } from './events.ts';

type Made = Extract<RoomEvent, { type: 'amendment:made' }>;
type Remarked = Extract<RoomEvent, { type: 'remark:made' }>;

/** An amendment with its words beside the chain: those that it quotes, those that it proposes, and why [L4]. */
export function amendmentBeside(event: Made): { payload: Made; personal: Record<string, string> } {
  const { amendment } = event;
  const { anchor, words, why } = amendment;
  const blank = { ...amendment, anchor: { ...anchor, quote: '' as const }, why: '' as const };
  return {
    payload: { ...event, amendment: { ...blank, words: words === null ? null : '' } },
    personal: { quote: anchor.quote, why, ...(words === null ? {} : { words }) },
  };
}

/** Its inverse. */
export function amendmentWith(payload: Made, personal: Readonly<Record<string, string>>): Made {
  const { amendment } = payload;
  const { quote = '', why = '', words = '' } = personal;
  const anchor = { ...amendment.anchor, quote };
  return {
    ...payload,
    amendment: { ...amendment, anchor, why, words: amendment.words === null ? null : words },
  };
}

/** A remark with its words beside the chain, and those that it is about [L4]. */
export function remarkBeside(event: Remarked): { payload: Remarked; personal: Record<string, string> } {
  const { remark } = event;
  const { anchor, words } = remark;
  const blank = { ...remark, anchor: { ...anchor, quote: '' as const }, words: '' as const };
  return { payload: { ...event, remark: blank }, personal: { quote: anchor.quote, words } };
}

/** Its inverse. */
export function remarkWith(payload: Remarked, personal: Readonly<Record<string, string>>): Remarked {
  const { remark } = payload;
  const { quote = '', words = '' } = personal;
  return { ...payload, remark: { ...remark, anchor: { ...remark.anchor, quote }, words } };
}
