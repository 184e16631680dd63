/** What processes whisper to each other about one text. Any of it may be lost, doubled, late or made up. */
export type Hint =
  /**
   * Rows up to a seq stand in the log. The rows themselves are read from PostgreSQL: bytes in a hint would be
   * believed, and confirming them costs the same one query (law 1).
   */
  { readonly kind: 'advance'; readonly to: number } | { readonly kind: 'presence'; readonly told: string };

/** As one line: `u <to>` or `p <json>`. */
export function writeHint(hint: Hint): string {
  return hint.kind === 'presence' ? `p ${hint.told}` : `u ${hint.to}`;
}

/** Null: not one of ours. */
export function readHint(line: string): Hint | null {
  if (line.startsWith('p ')) return { kind: 'presence', told: line.slice(2) };
  const to = /^u (\d{1,15})$/.exec(line)?.[1];
  return to === undefined ? null : { kind: 'advance', to: Number(to) };
}
