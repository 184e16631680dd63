import type { Fraction, Relation } from './rules.ts';

/** A share as it is compared: part of whole, and what it is compared with, if anything. */
export type Share = {
  readonly part: number;
  readonly whole: number;
  readonly against?: { readonly relation: Relation; readonly of: Fraction };
};

/** Digits behind the point that a share is shown with, at most: more than any two fractions here need to differ. */
const MOST_DIGITS = 24;

/**
 * A share in percent, rounded to one decimal: 68.4%. Where that would stand on the other side of what the share is compared
 * with, it has as many digits as it takes: 50.04 % of more than 1/2 is 50.04%, never 50% [B13]. Of nothing: null.
 */
export function percentShown({ part, whole, against }: Share): string | null {
  if (whole === 0) return null;
  const [above, below] = [BigInt(part) * 100n, BigInt(whole)];
  const usual = rounded(above, below, 1);
  if (against === undefined) return `${plain(usual)}%`;
  const of = { above: BigInt(against.of.part) * 100n, below: BigInt(against.of.whole) };
  const side = sign(above * of.below - of.above * below);
  for (let digits = 1; digits <= MOST_DIGITS; digits += 1) {
    const shown = rounded(above, below, digits);
    if (sign(shown.scaled * of.below - of.above * shown.scale) === side) return `${plain(shown)}%`;
  }
  // Exactly a fraction that no decimal is, 2/3 of 2/3: as many digits as usual.
  return `${plain(usual)}%`;
}

/** 1/2, 2/3, 37.5%: a fraction as people say it. */
export function fractionShown({ part, whole }: Fraction): string {
  const common = divisor(part, whole);
  const [above, below] = [part / common, whole / common];
  if (below === 1) return `${above * 100}%`;
  if (below <= 12) return `${above}/${below}`;
  return 1_000_000 % below === 0
    ? `${plain(rounded(BigInt(above) * 100n, BigInt(below), 4))}%`
    : `${above}/${below}`;
}

/** A number that was counted in a unit of its own, exactly: 2 500 000 millionths are 2.5. */
export function votesShown(votes: number, unit: number): string {
  const digits = String(unit).length - 1;
  return plain({ scaled: BigInt(votes), scale: BigInt(unit), digits });
}

type Decimal = { readonly scaled: bigint; readonly scale: bigint; readonly digits: number };

/** above / below to so many digits, halves up. */
function rounded(above: bigint, below: bigint, digits: number): Decimal {
  const scale = BigInt(10) ** BigInt(digits);
  return { scaled: (above * scale * 2n + below) / (below * 2n), scale, digits };
}

/** Without zeros at the end. */
function plain({ scaled, scale, digits }: Decimal): string {
  const whole = scaled / scale;
  const rest = String(scaled % scale)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return digits === 0 || rest === '' ? String(whole) : `${whole}.${rest}`;
}

function sign(value: bigint): number {
  return value === 0n ? 0 : value > 0n ? 1 : -1;
}

function divisor(a: number, b: number): number {
  return b === 0 ? Math.max(1, a) : divisor(b, a % b);
}
