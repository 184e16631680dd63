import { isIP, isIPv6 } from 'node:net';
import { z } from 'zod';

/**
 * Whose X-Forwarded headers are believed: so many hops, whoever the nearest is; or the proxies by their addresses, so
 * that whoever reaches the process past them is taken for who they are.
 */
export type Proxies = number | readonly string[];

/** Names of Express for the networks of one machine, of one link, and of private networks. */
const NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** A number from 0 to 10, or names, addresses and networks (10.0.0.0/8) with commas between them. */
export const Proxies: z.ZodType<Proxies> = z.union([
  z.coerce.number().int().min(0).max(10),
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every(isNetwork)),
]);

function isNetwork(text: string): boolean {
  if (NETWORKS.has(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  if (isIP(address) === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIPv6(address) ? 128 : 32));
}
