// What XML 1.0 does not take, halves of letters, and what turns the direction of reading, so that a line shows something that
// it does not say.
const UNFIT =
  // oxlint-disable-next-line no-control-regex -- reason: control characters are what is looked for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF\u202A-\u202E\u2066-\u2069]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/g;
const LONE_TAIL = /(^|[^\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Words as XML, in text or in an attribute: nothing of them is read as a mark [DO5]. */
export function escapeXml(words: string): string {
  return words
    .replace(UNFIT, '')
    .replace(LONE_TAIL, '$1')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A file of the package. */
export function xmlFile(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${content}`;
}

export const WORD_NS =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
