import { z } from 'zod';

/** A route that takes nothing here. */
export const none = z.strictObject({});
