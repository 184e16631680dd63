// Characters that show nothing: zero-width spaces, fillers, tags, marks of direction. A name made of them looks
// empty, and two names that differ only in them look the same.

// Ignorable by default in Unicode, the anchors of annotations, and two blanks that count as symbols.
const INVISIBLE = /[\p{DI}\ufff9-\ufffb\u2800\u{1d159}]/u;
const VISIBLE = /[^\p{DI}\p{Cf}\p{Cc}\p{Z}\p{M}\u2800\u{1d159}]/u;

const JOINER = /[\u200c\u200d]/;
// Of the selectors only the two that make a sign a picture or a letter show on every device; of the others two names
// would differ and look the same.
const TEXT_STYLE = '\ufe0e';
const PICTURE_STYLE = '\ufe0f';
const KEYCAP = '\u20e3';
const MONGOLIAN_FORM = /[\u180b-\u180f]/;

const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u;
const SIGN = /\p{Extended_Pictographic}/u;
const PICTURE_ALREADY = /\p{Emoji_Presentation}/u;
const KEY = /[0-9#*]/;
// England, Scotland and Wales: a black flag and the letters of the land in characters that show nothing. With any other
// letters it is drawn as a black flag.
const FLAG =
  /(\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f})/u;
const MONGOLIAN = /\p{Script=Mongolian}/u;
// Scripts whose spelling uses joiners, the Uyghur and Kazakh of Xinjiang among them.
const JOINING_SCRIPTS =
  'Arabic Syriac Nko Mongolian Phags_Pa Devanagari Bengali Gurmukhi Gujarati ' +
  'Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer Myanmar';
const JOINING = new RegExp(`[${JOINING_SCRIPTS.replace(/\w+/g, '\\p{Script=$&}').replace(/ /g, '')}]`, 'u');

/** Whether there is anything to see in a text. */
export function hasSubstance(text: string): boolean {
  return VISIBLE.test(text);
}

/** A text without the invisible characters that carry nothing where they stand. Twice is the same as once. */
export function withoutInvisible(text: string): string {
  if (!INVISIBLE.test(text)) return text;
  // Every second piece is a flag.
  return text
    .split(FLAG)
    .map((piece, index) => (index % 2 === 1 ? piece : withoutIdle(piece)))
    .join('');
}

function withoutIdle(text: string): string {
  const points = Array.from(text);
  let kept = '';
  let before = '';
  for (const [index, point] of points.entries()) {
    if (INVISIBLE.test(point) && !carries(before, point, points[index + 1] ?? '')) continue;
    kept += point;
    before = point;
  }
  return kept;
}

function carries(before: string, point: string, after: string): boolean {
  if (JOINER.test(point)) {
    const isEmoji = PICTURE.test(before) && SIGN.test(after);
    return isEmoji || (isJoining(before) && isJoining(after));
  }
  if (point === TEXT_STYLE) return SIGN.test(before);
  if (point === PICTURE_STYLE) {
    if (KEY.test(before)) return after === KEYCAP;
    return SIGN.test(before) && !PICTURE_ALREADY.test(before);
  }
  return MONGOLIAN_FORM.test(point) && MONGOLIAN.test(before);
}

function isJoining(point: string): boolean {
  return JOINING.test(point) && !INVISIBLE.test(point);
}
