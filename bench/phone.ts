/** How a browser is started that is looked at like a phone's. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** So many times slower than this machine is a phone's main thread. */
export const SLOWER_CPU = 4;
