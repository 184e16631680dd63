import { createHmac, hkdfSync } from 'node:crypto';

/** What rests of a command's digest beside its key: without the installation's secret it tells nothing of the words. */
export type MarkOf = (digest: string) => string;

/** Of an installation's own secret, and for nothing else. Another secret knows no command of before. */
export function createMarkOf(secret: string): MarkOf {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'commands', 32));
  return (digest) => `k1:${createHmac('sha256', key).update(digest).digest('base64url')}`;
}

/** Whether a mark stands for this digest; rows of before marks hold the digest itself until it is marked. */
export function isMarkOf(stored: string, digest: string, markOf: MarkOf): boolean {
  return stored === markOf(digest) || stored === digest;
}
