/** Whether something may be an address in a document: http or https, and nothing that runs or hides whose it is [DO5]. */
export function isWebAddress(address: string): boolean {
  if (!/^https?:\/\//i.test(address) || /[\s"'<>\\]/.test(address)) return false;
  try {
    const { protocol, username, password } = new URL(address);
    return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
  } catch {
    return false;
  }
}
