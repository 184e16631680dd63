import type { Tap } from '../rehearsal/doors.ts';

/** Everything that somebody was sent: every answer with its headers, and every frame. */
export type Recorder = {
  readonly tap: Tap;
  readonly records: readonly { readonly from: string; readonly text: string }[];
};

export function createRecorder(): Recorder {
  const records: { from: string; text: string }[] = [];
  return {
    tap: (from, bytes) =>
      records.push({ from, text: typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8') }),
    records,
  };
}

/** Where words stand that should stand nowhere; except: where they may. */
export function findWords(
  { records }: Recorder,
  words: Iterable<string>,
  except: (from: string) => boolean = () => false,
): string[] {
  const wanted = [...new Set(words)].filter((word) => word !== '');
  const places = records.filter(({ from }) => !except(from));
  return wanted.flatMap((word) => {
    const place = places.find(({ text }) => text.includes(word));
    return place === undefined ? [] : [`“${word}” in ${place.from}`];
  });
}

/** Ids, hashes and instants hold digits that look like anything; they are judged by themselves. */
const HARMLESS =
  /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}|\d{4}-\d\d-\d\dT[\d:.]+Z|[A-Za-z0-9_+/-]{40,}=*/g;

/** Where something of a form stands that should stand nowhere. */
export function findForm({ records }: Recorder, form: RegExp): string[] {
  return records.flatMap(({ from, text }) => {
    const found = form.exec(text.replace(HARMLESS, '…'));
    return found === null ? [] : [`“${found[0]}” in ${from}`];
  });
}
