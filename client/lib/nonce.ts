/** The word that the page's security policy asks of style elements made while the page runs; '' without a policy. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.nonce ?? '';
}
