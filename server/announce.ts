import type { NetworkInterfaceInfo } from 'node:os';
import type { Config } from './config.ts';

/** A sign-in of the demo, for the list that is printed. */
type Shown = { readonly login: string; readonly name: string; readonly what: string };

/** What there is to tell the person who just typed npm start. */
export type News = {
  readonly version: string;
  readonly port: number;
  /** This computer's address in its network, when it has one. */
  readonly lanAddress: string | undefined;
  /** Null: there is no demo. */
  readonly demo: { readonly password: string; readonly signIns: readonly Shown[] } | null;
  /** The administrator who was made at this start. */
  readonly first: { readonly login: string; readonly password: string } | null;
};

/** The address, who can come in, and as whom: in plain words, for a terminal. */
export function announcement(
  config: Pick<Config, 'HOST' | 'PUBLIC_URL' | 'isReachable'>,
  news: News,
): string {
  const { version, port, demo, first } = news;
  const address = config.PUBLIC_URL ?? `http://${shownHost(config.HOST)}:${port}`;
  const lines = [`Shangliang ${version} is ready: ${address}`, ...reach(config, news)];
  if (demo !== null) {
    if (config.isReachable) lines.push('', ...WARNING);
    lines.push('', `Demo sign-ins, all with the password ${demo.password}:`);
    for (const { login, name, what } of demo.signIns)
      lines.push(`  ${login.padEnd(14)} ${what.padEnd(12)} ${name}`);
  }
  if (first !== null) {
    lines.push('', 'The administrator was made. Write the password down: it is shown this once.');
    lines.push(`  login     ${first.login}`, `  password  ${first.password}`);
  }
  return `\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n\n`;
}

const WARNING = [
  '*** WARNING: others can reach this server, and the passwords of the demo are public. ***',
  '*** Anybody who can open it can be its administrator. Hold no real meeting in it.    ***',
];

/** Whether phones get in, and if not, how they would. */
function reach(
  { HOST, PUBLIC_URL, isReachable }: Pick<Config, 'HOST' | 'PUBLIC_URL' | 'isReachable'>,
  { port, lanAddress, demo }: News,
): string[] {
  const there = `http://${lanAddress ?? "THIS-COMPUTER'S-ADDRESS"}:${port}`;
  if (isReachable)
    return PUBLIC_URL === undefined && isEveryAddress(HOST) ? [`From other devices: ${there}`] : [];
  const settings = `HOST=0.0.0.0 ${port === 3000 ? '' : `PORT=${port} `}PUBLIC_URL=${there}`;
  const how = `Only this computer can open it. Phones on the same network can when it is started with ${settings}`;
  if (demo === null) return [how];
  return [
    `${how} DEMO=true`,
    '(the passwords of the demo are public; for a real meeting set a new DATA_DIR, not DEMO)',
  ];
}

function isEveryAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** An address that can be typed into a browser on this computer. */
function shownHost(host: string): string {
  if (isEveryAddress(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** The address that others in the network most likely reach this computer by; bridges of virtual machines come last. */
export function lanAddress(interfaces: Interfaces): string | undefined {
  const isVirtual = (name: string) =>
    /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|tun|utun|tailscale|wg)/.test(name);
  const found = Object.entries(interfaces)
    .toSorted(([a], [b]) => Number(isVirtual(a)) - Number(isVirtual(b)))
    .flatMap(([, addresses]) => addresses ?? []);
  return found.find(
    ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
  )?.address;
}
