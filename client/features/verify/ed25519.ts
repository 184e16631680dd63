import type { VerifiesSignature } from '../../../core/domain/bundle/verifying.ts';

/** By the browser's own hand; null where it has none: an old browser, or a page that did not come over https. */
export const verifiesInBrowser: VerifiesSignature = async ({ publicKey, message, signature }) => {
  const { subtle } = globalThis.crypto as { readonly subtle?: SubtleCrypto };
  if (subtle === undefined) return null;
  let key: CryptoKey;
  try {
    key = await subtle.importKey('raw', Uint8Array.from(publicKey), 'Ed25519', false, ['verify']);
  } catch (cause) {
    // A key that is none is refused; only what this browser does not know at all cannot be told.
    return cause instanceof Error && cause.name === 'NotSupportedError' ? null : false;
  }
  return subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(message));
};
