/** Texts that JSON writes as they are: the shortest way for ids, times and names of fields. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/**
 * Canonical JSON: keys sorted by code unit, no white space, undefined left out — after RFC 8785 (JCS),
 * whose number form is that of JSON.stringify. Two equal values have one text, in every runtime [L3].
 */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries: Readonly<Record<string, unknown>> = { ...value };
  let text = '';
  for (const key of Object.keys(entries).sort()) {
    const inner = entries[key];
    if (inner !== undefined) text += `${text === '' ? '' : ','}${quoted(key)}:${canonical(inner)}`;
  }
  return `{${text}}`;
}

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
