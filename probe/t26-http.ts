import { fetched } from './ask.ts';
import { openLine, shout } from './tcp.ts';
import type { Watch } from './watch.ts';
import type { World } from './world.ts';

const many = Array.from({ length: 2_000 }, (_, index) => `x${index}: y`);

type Bytes = readonly [what: string, bytes: string, wanted: RegExp];

const REFUSED = /^(4\d\d|closed)$/;
const ANY = /^(\d{3}|closed|silence)$/;

/** Requests that are none, two in one, or made of too many parts. */
export async function crookedHttp(world: World, { stage }: Watch): Promise<void> {
  const [url = ''] = world.options.urls;
  const { host } = new URL(url);
  const { cookie = '' } = stage.chair.browser.headers();
  const target = { host, url, cookie, text: stage.documentId };
  for (const [what, bytes, wanted] of [...upgradesAt(target), ...requestsAt(target)]) {
    const came = await shout(url, bytes);
    world.book.judged('T26', what, { wanted: String(wanted), came, passed: wanted.test(came) });
  }
  await polls(world, url, cookie);
  await hangUps(world, target);
}

type Target = { readonly host: string; readonly url: string; readonly cookie: string; readonly text: string };

/** A handshake of a WebSocket, byte for byte. */
export function upgradeTo(
  path: string,
  { host, url, cookie }: Omit<Target, 'text'>,
  { first = [], more = [] }: { first?: readonly string[]; more?: readonly string[] } = {},
): string {
  return [
    `GET ${path} HTTP/1.1`,
    ...first,
    `Host: ${host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    `Origin: ${url}`,
    `Cookie: ${cookie}`,
    ...more,
    '',
    '',
  ].join('\r\n');
}

/** Handshakes that are none, of both sockets. */
function upgradesAt(target: Target): Bytes[] {
  const { text } = target;
  const socketPath = '/socket.io/?EIO=4&transport=websocket';
  const textPath = `/collab/${text}`;
  const without = (bytes: string, name: string) =>
    bytes
      .split('\r\n')
      .filter((line) => !line.startsWith(name))
      .join('\r\n');
  return [socketPath, textPath].flatMap((path): Bytes[] => {
    const shown = path === textPath ? '/collab/…' : '/socket.io/';
    const good = upgradeTo(path, target);
    return [
      // Node.js keeps the first 2 000: those that make it an upgrade are lost, which ended ws once.
      [`an upgrade of ${shown} behind 2 000 headers`, upgradeTo(path, target, { first: many }), REFUSED],
      [`an upgrade of ${shown} before 2 000 headers`, upgradeTo(path, target, { more: many }), ANY],
      [
        `an upgrade of ${shown} with a header of 20 KB`,
        upgradeTo(path, target, { more: [`x: ${'y'.repeat(20_000)}`] }),
        REFUSED,
      ],
      [`an upgrade of ${shown} without a key`, without(good, 'Sec-WebSocket-Key'), REFUSED],
      [`an upgrade of ${shown} with a crooked key`, good.replace('dGhlIHNhbXBsZSBub25jZQ==', 'x'), REFUSED],
      [`an upgrade of ${shown} of version 7`, good.replace('Version: 13', 'Version: 7'), REFUSED],
      [`an upgrade of ${shown} by POST`, good.replace('GET', 'POST'), REFUSED],
      [`an upgrade of ${shown} to h2c`, good.replace('Upgrade: websocket', 'Upgrade: h2c'), REFUSED],
      [
        `an upgrade of ${shown} with crooked extensions`,
        upgradeTo(path, target, {
          more: ['Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=zz,,;;='],
        }),
        ANY,
      ],
      [
        `an upgrade of ${shown} with a crooked protocol`,
        upgradeTo(path, target, { more: ['Sec-WebSocket-Protocol: a,a,,"'] }),
        ANY,
      ],
    ];
  });
}

/** Requests that are none, and upgrades of what does not upgrade. */
function requestsAt(target: Target): Bytes[] {
  const { host } = target;
  const socketPath = '/socket.io/?EIO=4&transport=websocket';
  const get = `GET /api/me HTTP/1.1\r\nHost: ${host}\r\n`;
  const post = `POST /api/sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`;
  return [
    ['an upgrade of nothing that upgrades', upgradeTo('/', target), REFUSED],
    ['an upgrade of the API', upgradeTo('/api/me', target), REFUSED],
    ['an upgrade of /collab/ without a name', upgradeTo('/collab/', target), REFUSED],
    ['an upgrade of /collab/ with a path', upgradeTo('/collab/..%2f..%2fetc', target), REFUSED],
    ['an upgrade of /collab/ with 5 000 letters', upgradeTo(`/collab/${'a'.repeat(5_000)}`, target), REFUSED],
    ['an upgrade of /collab/ with half a letter', upgradeTo('/collab/%E0%A4%A', target), REFUSED],
    // Refused inside the WebSocket, where such a client understands it.
    ['an upgrade of Socket.io of version 3', upgradeTo('/socket.io/?EIO=3&transport=websocket', target), ANY],
    ['an upgrade of Socket.io as polling', upgradeTo('/socket.io/?EIO=4&transport=polling', target), REFUSED],
    [
      'an upgrade of Socket.io as nothing',
      upgradeTo('/socket.io/?EIO=4&transport=__proto__', target),
      REFUSED,
    ],
    ['an upgrade of a session that is none', upgradeTo(`${socketPath}&sid=__proto__`, target), REFUSED],
    ['an upgrade of a doubled session', upgradeTo(`${socketPath}&sid=a&sid=b`, target), REFUSED],
    ['2 000 headers', `${get}${many.join('\r\n')}\r\n\r\n`, REFUSED],
    ['a request without a host', 'GET /api/me HTTP/1.1\r\n\r\n', REFUSED],
    ['two lengths', `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, REFUSED],
    [
      'a length and pieces',
      `${post}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      REFUSED,
    ],
    ['a length below nothing', `${post}Content-Length: -1\r\n\r\n{}`, REFUSED],
    ['a piece of a crooked size', `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`, REFUSED],
    ['an unknown coding', `${post}Transfer-Encoding: banana\r\n\r\n{}`, REFUSED],
    ['a header without a colon', `${get}nonsense\r\n\r\n`, REFUSED],
    ['a header with a NUL', `${get}x: a\u0000b\r\n\r\n`, REFUSED],
    ['a method that is none', `BANANA / HTTP/1.1\r\nHost: ${host}\r\n\r\n`, REFUSED],
    ['a version that is none', `GET / HTTP/9.9\r\nHost: ${host}\r\n\r\n`, REFUSED],
    ['another protocol', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc', REFUSED],
    ['a tunnel', `CONNECT evil.example:443 HTTP/1.1\r\nHost: ${host}\r\n\r\n`, REFUSED],
    [
      'an address of elsewhere',
      `GET http://evil.example/api/me HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      /^(4\d\d|closed)$/,
    ],
    ['TRACE', `TRACE / HTTP/1.1\r\nHost: ${host}\r\n\r\n`, REFUSED],
    ['a body that ends early', `${post}Content-Length: 100\r\n\r\n{`, /^(4\d\d|closed|silence)$/],
  ];
}

/** The transport that is switched off, with bytes instead of letters. */
async function polls(world: World, url: string, cookie: string): Promise<void> {
  for (const sid of ['', '&sid=x', '&sid=__proto__'])
    for (const type of ['application/octet-stream', 'text/plain', 'multipart/form-data; boundary=']) {
      const answer = await fetched(`${url}/socket.io/?EIO=4&transport=polling${sid}`, {
        method: 'POST',
        headers: { cookie, origin: url, 'content-type': type },
        body: Buffer.from([4, 0, 255, 0, 1, 2, 3]),
      });
      const passed = answer.status === 400 && !answer.text.includes('"sid"');
      world.book.judged('T26', `bytes by polling${sid} as ${type}`, {
        wanted: '400, and no sid',
        came: String(answer.status),
        passed,
      });
    }
}

/** Handshakes that hang up at every place where the server might still be busy with them. */
async function hangUps(world: World, target: Target): Promise<void> {
  const ROUNDS = 20;
  for (const path of ['/socket.io/?EIO=4&transport=websocket', `/collab/${target.text}`]) {
    const bytes = upgradeTo(path, target);
    for (let round = 0; round < ROUNDS; round += 1) {
      const line = await openLine(target.url);
      line.send(round % 2 === 0 ? bytes : bytes.slice(0, Math.floor((bytes.length * round) / ROUNDS)));
      line.socket.resetAndDestroy();
    }
  }
  world.book.same(
    'T26',
    `${2 * ROUNDS} handshakes that hang up`,
    'the same as before',
    await world.health.trouble(),
  );
}
