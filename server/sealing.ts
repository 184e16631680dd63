import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Closes texts so that only processes with the same key can read or make them. */
export type Sealing = {
  /** about is not hidden, but must be the same when it is opened. */
  readonly close: (text: string, about: string) => string;
  /** Null: closed with another key, about something else, or changed on the way. */
  readonly open: (sealed: string, about: string) => string | null;
};

const CIPHER = 'aes-256-gcm';
const [IV, TAG] = [12, 16] as const;

/** secret: the installation's own; purpose: other purposes cannot read it. */
export function createSealing(secret: string, purpose: string): Sealing {
  const key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  return {
    close: (text, about) => {
      const iv = randomBytes(IV);
      const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },
    open: (sealed, about) => {
      const bytes = Buffer.from(sealed, 'base64');
      if (bytes.length < IV + TAG) return null;
      try {
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV), { authTagLength: TAG })
          .setAAD(Buffer.from(about))
          .setAuthTag(bytes.subarray(IV, IV + TAG));
        return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
