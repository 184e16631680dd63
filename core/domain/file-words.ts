/** What a spreadsheet takes for the beginning of a formula, also in full width (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** What a spreadsheet shows as it is, and never reckons: a sign in front of it says that it is text. */
export function harmlessCell(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

// Signs that a file system takes for something else, and those that show nothing or turn the reading direction.
// oxlint-disable-next-line no-control-regex -- reason: control characters are what is looked for
const UNSAFE = /[\u0000-\u001F\u007F-\u009F\\/:*?"<>|\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/g;
const LONGEST = 80;

/** A name that every system takes for a file, with its ending; never empty, never hidden, never a path. */
export function fileName(words: string, ending: string): string {
  const plain = words.replace(UNSAFE, ' ').replace(/ +/g, ' ');
  // Whole characters: half of one is no name.
  const short = [...plain].slice(0, LONGEST).join('');
  const name = short.replace(/^[ .]+|[ .]+$/g, '');
  return `${name === '' ? 'file' : name}.${ending}`;
}
