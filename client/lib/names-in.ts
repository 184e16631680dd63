/** Names out of one line: 家长、商户. */
export function namesIn(text: string): string[] {
  const names = text.split(/[、，,；;\n]/).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}
