import { inShort, fetched, upgrade } from './ask.ts';
import { makeStage } from './stage.ts';
import type { World } from './world.ts';

/** Other sites that make a visitor's browser open our sockets. */
function originsBesides(url: string): readonly (string | null)[] {
  const { protocol, host, hostname, port } = new URL(url);
  const other = protocol === 'https:' ? 'http:' : 'https:';
  return [
    'https://evil.example',
    'null',
    `${protocol}//${host}.evil.example`,
    `${protocol}//evil${host}`,
    `${protocol}//evil.example/${host}`,
    `${protocol}//${host}@evil.example`,
    `${protocol}//${hostname}:${port === '1' ? 2 : 1}`,
    `${other}//${host}`,
    `${protocol}//${host}/`,
    '',
    null,
  ];
}

/** Cross-site hijacking of sockets: every foreign origin with a good cookie. */
export async function foreignOrigins(world: World): Promise<void> {
  const stage = await makeStage(world, { title: 'T01', cast: { host: 'host' }, opens: true });
  const { cookie = '' } = stage.chair.browser.headers();
  const doors = ['/socket.io/?EIO=4&transport=websocket', `/collab/${stage.documentId}`];
  for (const url of world.options.urls) {
    const ours = { cookie, origin: url };
    for (const path of doors) {
      const { status } = await upgrade({ url, path, headers: ours });
      world.book.same('T01', `${shortened(path)} from our own page`, '101', String(status));
      for (const origin of originsBesides(url)) {
        const headers = origin === null ? { cookie } : { cookie, origin };
        refused(world, `${shortened(path)} from ${shown(origin)}`, await upgrade({ url, path, headers }));
      }
      refused(
        world,
        `${shortened(path)} without a cookie`,
        await upgrade({ url, path, headers: { origin: url } }),
      );
      const twice = { cookie, origin: [url, 'https://evil.example'] };
      refused(world, `${shortened(path)} from two origins`, await upgrade({ url, path, headers: twice }));
    }
    await polling(world, url, cookie);
    await writing(world, url, cookie);
  }
}

/** The transport that needs no upgrade: a page may send it without being asked. */
async function polling(world: World, url: string, cookie: string): Promise<void> {
  const address = `${url}/socket.io/?EIO=4&transport=polling`;
  for (const origin of [...originsBesides(url), url]) {
    const headers = { cookie, ...(origin === null ? {} : { origin }) };
    for (const method of ['GET', 'POST']) {
      const body = method === 'POST' ? { body: '40' } : {};
      const answer = await fetched(address, { method, headers, ...body });
      refused(world, `${method} polling from ${shown(origin)}`, answer);
    }
  }
}

/** A command that another page makes a visitor's browser send. */
async function writing(world: World, url: string, cookie: string): Promise<void> {
  for (const origin of originsBesides(url)) {
    const answer = await fetched(`${url}/api/sign-out`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...(origin === null ? {} : { origin }) },
      body: '{"everywhere":false}',
    });
    world.book.same(
      'T01',
      `POST /api/sign-out from ${shown(origin)}`,
      '403 FORBIDDEN ORIGIN_FOREIGN',
      inShort(answer),
    );
  }
}

function refused(world: World, sent: string, { status, text }: { status: number; text: string }): void {
  const passed = [400, 401, 403].includes(status) && !text.includes('"sid"');
  world.book.judged('T01', sent, {
    wanted: '400, 401 or 403, and no sid',
    came: `${status} ${text}`.trim(),
    passed,
  });
}

function shown(origin: string | null): string {
  return origin === null ? 'no origin' : `“${origin}”`;
}

function shortened(path: string): string {
  return path.startsWith('/collab/') ? '/collab/…' : '/socket.io/ websocket';
}
