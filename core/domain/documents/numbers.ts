const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** A number from 1 to 99 as documents count with: 一 十 十二 二十; above, in figures. */
export function chineseNumber(n: number): string {
  if (n < 1 || n > 99) return String(n);
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  const ten = tens === 0 ? '' : tens === 1 ? '十' : `${DIGITS[tens] ?? ''}十`;
  return `${ten}${DIGITS[ones] ?? ''}`;
}

/** How the nth heading of a level begins: 一、 （一） 1. （1） [DO2] */
export function headingNumber(level: 1 | 2 | 3 | 4, n: number): string {
  switch (level) {
    case 1:
      return `${chineseNumber(n)}、`;
    case 2:
      return `（${chineseNumber(n)}）`;
    case 3:
      return `${n}.`;
    case 4:
      return `（${n}）`;
  }
}

const NUMBERED =
  /^\s*(第?[一二三四五六七八九十百]{1,4}[、.．章节条]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,3}[.．、]|[（(]\d{1,3}[）)]|[①-⑳])/;

/** Whether words begin with a number already, which is then left as it was written. */
export function isNumbered(words: string): boolean {
  return NUMBERED.test(words);
}

/** China has one time, and no other in summer. */
const CHINA_MS = 8 * 3_600_000;

function inChina(at: string): Date {
  return new Date(Date.parse(at) + CHINA_MS);
}

/** 2026年4月8日, as it was in China at that instant: months and days without a zero before them. */
export function chinaDate(at: string): string {
  const date = inChina(at);
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}

export function chinaYear(at: string): number {
  return inChina(at).getUTCFullYear();
}

/** 15:04, as it was in China. */
export function chinaTime(at: string): string {
  return inChina(at).toISOString().slice(11, 16);
}

/** 上午 下午 晚上 */
export function partOfDay(at: string): string {
  const hour = inChina(at).getUTCHours();
  if (hour < 12) return '上午';
  return hour < 18 ? '下午' : '晚上';
}

/** The date so many days later. */
export function daysLater(at: string, days: number): string {
  return chinaDate(new Date(Date.parse(at) + days * 86_400_000).toISOString());
}
