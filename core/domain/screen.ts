import { z } from 'zod';

/**
 * What the wall of a hall can be told to show. auto follows the room by itself; poll is the one that is open, or the
 * newest result; spotlight the view that is put before everybody.
 */
export const SCREEN_SCENES = [
  'auto',
  'code',
  'agenda',
  'speaker',
  'spotlight',
  'views',
  'poll',
  'roll',
  'text',
] as const;
export const ScreenScene = z.enum(SCREEN_SCENES);
export type ScreenScene = z.infer<typeof ScreenScene>;
