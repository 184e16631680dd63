import { z } from 'zod';
import { KeptFile } from './files.ts';
import { LIMITS } from './limits.ts';
import { optionalLine } from './text.ts';

/** A picture that goes with a view: a file that its author has sent, its size in pixels, and what is to be seen on it. */
export const ViewPicture = KeptFile.omit({ kind: true }).extend({
  width: z.int().min(1).max(LIMITS.pictureSide),
  height: z.int().min(1).max(LIMITS.pictureSide),
  /** For those who do not see it; '' where its author wrote nothing. */
  alt: optionalLine(LIMITS.altLength),
});
export type ViewPicture = z.infer<typeof ViewPicture>;

/** What goes with the words of a view, and leaves with them: pictures, and where it is about. Absent: nothing does. */
export const Enclosed = z.strictObject({
  pictures: z.array(ViewPicture).min(1).max(LIMITS.picturesPerView).optional(),
  place: optionalLine(LIMITS.placeLength).optional(),
});
export type Enclosed = z.infer<typeof Enclosed>;

/** What goes with some words, and nothing else of them. */
export function enclosedIn({ pictures, place }: Enclosed): Enclosed {
  return { ...(pictures === undefined ? {} : { pictures }), ...(place === undefined ? {} : { place }) };
}

/** The words without what goes with them. */
export function bare<T extends Enclosed>(said: T): Omit<T, keyof Enclosed> {
  const { pictures: _pictures, place: _place, ...rest } = said;
  return rest;
}
