import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../testing/seed.ts';
import { hasSubstance } from './invisible.ts';
import { line, newLine, optionalLine, words } from './text.ts';

const Name = line(40);
const Words = words(2_000);

/** Zero-width, fillers, tags, selectors, marks of direction, blanks that count as symbols. */
const NOTHING = [
  0x00ad, 0x034f, 0x061c, 0x115f, 0x1160, 0x17b4, 0x180b, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f,
  0x2060, 0x2064, 0x206f, 0x2800, 0x3164, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0x1d159, 0x1d173, 0xe0001, 0xe0041,
  0xe007f, 0xe0100,
].map((point) => String.fromCodePoint(point));
const OVERRIDES = ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'];
const nothing = fc.constantFrom(...NOTHING, ' ', '\u3000');
const letter = fc.constantFrom('王', '小', 'A', 'é', '7', '·', 'ۋ', 'ᠠ', 'क', '👩', '⚕', '❤', '🏽');

describe('line', () => {
  const seed = freshSeed();

  it.each(NOTHING)('refuses a name that shows nothing: %j [P12]', (blank) => {
    expect(Name.safeParse(blank).success).toBe(false);
    expect(Name.safeParse(`${blank} ${blank}`).success).toBe(false);
    expect(Words.safeParse(blank).success).toBe(false);
    expect(optionalLine(40).safeParse(blank).success).toBe(false);
  });

  it(`refuses whatever is made of nothing to see [P12] (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.array(nothing, { maxLength: 30 }), (blanks) => {
        expect(Name.safeParse(blanks.join('')).success).toBe(false);
        expect(Words.safeParse(blanks.join('')).success).toBe(false);
      }),
      { seed },
    );
  });

  it(`gives two names that look the same the same characters [P12] (seed ${seed})`, () => {
    const plain = fc.constantFrom('王', '小', '明', 'A', 'b', '·');
    const unseen = fc.constantFrom(...NOTHING);
    const disguised = fc.array(fc.tuple(plain, fc.array(unseen, { maxLength: 3 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(disguised, (parts) => {
        const typed = parts.map(([shown, hidden]) => shown + hidden.join('')).join('');
        expect(Name.parse(typed)).toBe(parts.map(([shown]) => shown).join(''));
      }),
      { seed },
    );
  });

  it(`changes nothing more when it is asked again, and leaves something to see (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(letter, nothing), { maxLength: 20 }), (parts) => {
        const once = Name.safeParse(parts.join(''));
        if (!once.success) return;
        expect(Name.parse(once.data)).toBe(once.data);
        expect(hasSubstance(once.data)).toBe(true);
      }),
      { seed, numRuns: 500 },
    );
  });

  it.each([
    ['a family of one sign', '👨‍👩‍👧的妈妈'],
    ['a doctor with a colour of skin', '👩🏽‍⚕️'],
    ['a heart on fire', '❤️‍🔥'],
    ['a key', '1️⃣号楼'],
    ['a flag of England', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}老师'],
    ['a sign drawn as a letter', '❤\ufe0e老师'],
    ['Uyghur with a non-joiner', 'ئۇيغۇر\u200cچە'],
    ['Devanagari with a joiner', 'क्\u200dष'],
    ['Mongolian with a chosen form', 'ᠮᠤᠩᠭ\u180bᠤᠯ'],
    ['a name with a middle dot', '迪丽热巴·迪力木拉提'],
  ])('keeps what carries something: %s', (_what, name) => {
    expect(Name.parse(name)).toBe(name);
  });

  it.each([
    ['张\u{e0100}三', '张三'],
    ['张\ufe00三', '张三'],
    ['委员1\ufe0e', '委员1'],
    ['委员1\ufe0f', '委员1'],
    ['张😀\ufe0f', '张😀'],
    ['❤\ufe0f\ufe0f', '❤\ufe0f'],
    ['\u{1f3f4}\u{e0061}\u{e0062}\u{e0063}\u{e007f}', '\u{1f3f4}'],
    ['\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}', '\u{1f3f4}'],
    ['张\u3000\u00a0三', '张 三'],
    ['张 \u200b\t 三', '张 三'],
    ['\u3000张三\u00a0', '张三'],
  ])('gives another’s name no second spelling: %j [P12]', (disguised, plain) => {
    expect(Name.parse(disguised)).toBe(plain);
  });

  it.each(OVERRIDES)(
    'refuses a mark that turns the reading direction, alone and inside: %j [P12]',
    (mark) => {
      expect(Name.safeParse(mark).success).toBe(false);
      expect(Name.safeParse(`王${mark}小明`).success).toBe(false);
      expect(Words.safeParse(`第一行\n${mark}txt.exe`).success).toBe(false);
    },
  );

  it('counts what is left, not what was taken out', () => {
    expect(Name.parse('王'.repeat(40) + '\u200b'.repeat(100))).toBe('王'.repeat(40));
    expect(Name.safeParse('王'.repeat(41)).success).toBe(false);
  });

  it('refuses a second line, control characters and halves of a character', () => {
    for (const bad of ['一\n二', '一\u2028二', '\u0000', '王\u0007', '王\ud800', 'a' + '\u0301'.repeat(9)])
      expect(Name.safeParse(bad).success).toBe(false);
  });
});

describe('newLine', () => {
  it.each(['王\ue000', '王\u{f0000}', '王\u0378'])(
    'refuses what has no meaning of its own: %j [P12]',
    (name) => {
      expect(newLine(40).safeParse(name).success).toBe(false);
      // What is stored is read, whatever edition of Unicode the reader knows.
      expect(Name.parse(name)).toBe(name);
    },
  );

  it('takes what line takes', () => {
    expect(newLine(40).parse(' 王\u200b小明 ')).toBe('王小明');
  });
});

describe('words', () => {
  it('keeps what people wrote as they wrote it, marks of direction and breaks included', () => {
    const text = '第一行\u200b\n\u200fئۇيغۇرچە (abc)\u200f 👨‍👩‍👧';
    expect(Words.parse(`  ${text} `)).toBe(text);
  });
});
