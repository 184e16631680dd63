// Characters that show nothing: zero-width spaces, fillers, tags, marks of direction. A name made of them looks
// empty, and two names that differ only in them look the same.

// Ignorable by default in Unicode, the anchors of annotations, and two blanks that count as symbols.
const INVISIBLE = /[\p{DI}\ufff9-\ufffb\u2800\u{1d159}]/u;
const VISIBLE = /[^\p{DI}\p{Cf}\p{Cc}\p{Z}\p{M}\u2800\u{1d159}]/u;

const JOINER = /[\u200c\u200d]/;
const VARIATION = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const MONGOLIAN_FORM = /[\u180b-\u180f]/;

const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u;
// Digits, # and * become keys with a variation selector; rare Chinese characters are told apart by one.
const VARIED = /[\p{Emoji}\p{Script=Han}]/u;
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
    const isEmoji = PICTURE.test(before) && /\p{Extended_Pictographic}/u.test(after);
    return isEmoji || (isJoining(before) && isJoining(after));
  }
  if (VARIATION.test(point)) return VARIED.test(before);
  return MONGOLIAN_FORM.test(point) && MONGOLIAN.test(before);
}

function isJoining(point: string): boolean {
  return JOINING.test(point) && !INVISIBLE.test(point);
}
