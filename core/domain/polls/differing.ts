/**
 * The first place at which two values differ, keys in the order of their code units. told and ours: what stands there, null where
 * nothing does.
 */
export type Difference = {
  readonly path: readonly string[];
  readonly told: unknown;
  readonly ours: unknown;
};

/** Where what a file tells is not what follows from it; null where it is the same. Both are JSON. */
export function firstDifference(
  told: unknown,
  ours: unknown,
  path: readonly string[] = [],
): Difference | null {
  if (isParts(told) && isParts(ours) && Array.isArray(told) === Array.isArray(ours)) {
    const names = [...new Set([...Object.keys(told), ...Object.keys(ours)])];
    const places = Array.isArray(told) ? names : names.sort();
    for (const name of places) {
      const found = firstDifference(told[name] ?? null, ours[name] ?? null, [...path, name]);
      if (found !== null) return found;
    }
    return null;
  }
  return Object.is(told, ours) ? null : { path, told, ours };
}

function isParts(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
