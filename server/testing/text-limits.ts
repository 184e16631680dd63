import { afterAll, beforeAll } from 'vitest';
import { TEXT_LIMITS } from '../collab/limits.ts';

type Limits = { -readonly [K in keyof typeof TEXT_LIMITS]?: number };

/** Puts other bounds of the shared text in force for one test file: a day of a text in a second. */
export function withTextLimits(limits: Limits): void {
  const real = { ...TEXT_LIMITS };
  beforeAll(() => void Object.assign(TEXT_LIMITS, limits));
  afterAll(() => void Object.assign(TEXT_LIMITS, real));
}
