import { randomUUID } from 'node:crypto';
import { materialRoutes } from '../core/contract/materials.ts';
import { pictureRoutes } from '../core/contract/pictures.ts';
import { FileId, ViewId } from '../core/domain/ids.ts';
import { LIMITS } from '../core/domain/limits.ts';
import { ViewPicture } from '../core/domain/pictures.ts';
import { office, png, pngBomb } from '../server/testing/sample-files.ts';
import { ask, fetched, inShort, type Answer } from './ask.ts';
import { makeStage, type Person, type Stage } from './stage.ts';
import { openLine } from './tcp.ts';
import { pause } from './wait.ts';
import type { World } from './world.ts';

const SCRIPT = '<script>alert(1)</script>';
const SVG = `<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`;
const CUTS = 20;
/** The longest that an answer is waited for. A body that is not sent on is cut after as long, with another answer. */
const ANSWER_MS = 15_000;

type Door = {
  readonly name: 'pictures' | 'materials';
  readonly person: Person;
  readonly path: string;
  readonly send: (who: Person, bytes: Uint8Array, id?: string) => Promise<Answer>;
};

/** Files that mean ill, through both doors that take files. */
export async function uploads(world: World): Promise<void> {
  const cast = { host: 'host', member: 'member' } as const;
  const stage = await makeStage(world, { title: 'T21', cast, opens: true, purpose: 't21' });
  for (const door of doorsOf(stage)) {
    await hostile(world, door);
    await oversized(world, door);
    await cutMidway(world, door);
  }
  await foreignIds(world, stage);
}

function doorsOf({ sessionId, person }: Stage): Door[] {
  const at = `/api/sessions/${sessionId}`;
  const through =
    (route: typeof pictureRoutes.sendPicture | typeof materialRoutes.sendMaterial): Door['send'] =>
    ({ browser }, bytes, fileId = randomUUID()) =>
      ask(browser, route, { params: { sessionId, fileId }, body: Buffer.from(bytes) });
  return [
    {
      name: 'pictures',
      person: person('member'),
      path: `${at}/picture-files/`,
      send: through(pictureRoutes.sendPicture),
    },
    {
      name: 'materials',
      person: person('host'),
      path: `${at}/material-files/`,
      send: through(materialRoutes.sendMaterial),
    },
  ];
}

async function hostile(world: World, { name, person, send }: Door): Promise<void> {
  const tries: readonly (readonly [string, Uint8Array, string])[] = [
    ['an SVG that runs', Buffer.from(SVG), 'FILE_KIND_UNKNOWN'],
    ['a page that is called a picture', Buffer.from(`<!doctype html>${SCRIPT}`), 'FILE_KIND_UNKNOWN'],
    ['a picture of 20 000 × 20 000', pngBomb(20_000, 20_000), 'PICTURE_TOO_LARGE'],
    ['half a picture', png(300, 300).subarray(0, 60), 'FILE_BROKEN'],
    ...(name === 'pictures'
      ? []
      : ([
          ['a way out of the folder', office('docx', [{ name: '../../x', data: 'x' }]), 'FILE_BROKEN'],
          ['a way of 4 100 bytes', office('docx', [{ name: 'x'.repeat(4_100), data: 'x' }]), 'FILE_BROKEN'],
        ] as const)),
  ];
  for (const [what, bytes, wanted] of tries) {
    const { error } = await send(person, bytes);
    world.book.same('T21', `${name}: ${what}`, wanted, error?.reason ?? 'taken');
  }
}

/** 200 MB are announced, and a little of them is sent. */
async function oversized(world: World, { name, person, path }: Door): Promise<void> {
  const line = await openLine(person.browser.url);
  line.send(headOf(person, `${path}${randomUUID()}`, 200 * 1024 * 1024));
  line.send('x'.repeat(1_000));
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ANSWER_MS);
    line.socket.once('data', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  line.close();
  const status = /^HTTP\/1\.1 (\d+)/.exec(line.heard())?.[1] ?? 'nothing';
  // The rest is never sent: whoever is answered at all was not read to the end.
  world.book.same('T21', `${name}: 200 MB, announced`, '413', status);
}

async function cutMidway(world: World, door: Door): Promise<void> {
  const { name, person, path, send } = door;
  const id = randomUUID();
  const before = await send(person, png(20, 20), id);
  for (let n = 0; n < CUTS; n += 1) {
    const line = await openLine(person.browser.url);
    line.send(headOf(person, `${path}${randomUUID()}`, LIMITS.pictureBytes));
    line.send(Buffer.alloc(n * 1_000, 'a'));
    line.close();
  }
  let again = await send(person, png(20, 20), id);
  // Until the server has heard that the last of them are gone they are on their way, and nobody sends three at once.
  for (let n = 0; n < 8 && again.error?.reason === 'UPLOADS_AT_ONCE'; n += 1) {
    await pause(300);
    again = await send(person, png(20, 20), id);
  }
  const came = again.text === before.text ? 'as before' : inShort(again);
  const what = `${name}: a file that is kept, asked for behind ${CUTS} that were cut`;
  world.book.same('T21', what, 'as before', came);
}

function headOf({ browser }: Person, path: string, length: number): string {
  const { host, origin } = new URL(browser.url);
  const headers = { host, origin, ...browser.headers(), 'content-type': 'application/octet-stream' };
  const lines = Object.entries(headers).map(([key, value]) => `${key}: ${value}`);
  return [`PUT ${path} HTTP/1.1`, ...lines, `content-length: ${length}`, '', ''].join('\r\n');
}

/** A picture in a view: under its id nobody sends another, beside its id there is nothing, and what is served runs nowhere. */
async function foreignIds(world: World, stage: Stage): Promise<void> {
  const [member, host] = [stage.person('member'), stage.person('host')];
  const { sessionId } = stage;
  const fileId = FileId.parse(randomUUID());
  const params = { sessionId, fileId };
  const hidden = Buffer.concat([png(30, 20), Buffer.from(SVG)]);
  const sent = await ask(member.browser, pictureRoutes.sendPicture, { params, body: hidden });
  const picture = ViewPicture.parse({ ...JSON.parse(sent.text).picture, alt: '' });
  const viewId = ViewId.parse(randomUUID());
  const view = { id: viewId, stance: 'info', text: 'T21', replyTo: null, pictures: [picture] } as const;
  await stage.does(member, { type: 'postView', view: { ...view, pictures: [picture] } });
  const other = await ask(host.browser, pictureRoutes.sendPicture, { params, body: png(9, 9) });
  world.book.same(
    'T21',
    'another picture under somebody else’s id',
    'ID_TAKEN',
    other.error?.reason ?? 'taken',
  );
  const open = (id: string) =>
    fetched(`${host.browser.url}/api/sessions/${sessionId}/views/${viewId}/pictures/${id}`, {
      headers: host.browser.headers(),
    });
  const shown = await open(fileId);
  const isSafe =
    shown.headers.get('content-type') === 'image/jpeg' &&
    shown.headers.get('x-content-type-options') === 'nosniff' &&
    shown.headers.get('content-security-policy')?.startsWith('sandbox') === true &&
    Number(shown.headers.get('content-length')) === picture.sizeBytes &&
    !shown.text.includes('script');
  world.book.same(
    'T21',
    'what it is then, and how it is served',
    'the first picture, made anew',
    isSafe ? 'the first picture, made anew' : inShort(shown),
  );
  const next = [neighbour(fileId, 1), neighbour(fileId, -1)];
  const came = await Promise.all(next.map(async (id) => inShort(await open(id))));
  world.book.same(
    'T21',
    'its id and one more or less',
    '404',
    [...new Set(came.map((one) => one.slice(0, 3)))].join(' '),
  );
}

/** The id beside an id, by its last letters. */
function neighbour(id: string, by: number): string {
  const last = (Number.parseInt(id.slice(-8), 16) + by + 2 ** 32) % 2 ** 32;
  return `${id.slice(0, -8)}${last.toString(16).padStart(8, '0')}`;
}
