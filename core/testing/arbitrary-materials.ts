import fc from 'fast-check';
import type { SentFile } from '../domain/files.ts';
import { FileId } from '../domain/ids.ts';
import { MaterialDraft } from '../domain/materials.ts';
import type { Command } from '../domain/room/commands.ts';
import type { Room } from '../domain/room/state.ts';
import { ViewPicture } from '../domain/pictures.ts';
import { as, uuid } from './builders.ts';

export const fileId = (n: number) => FileId.parse(uuid('file', n));

/** The n-th material, as it is added. */
export function material(n: number): MaterialDraft {
  return MaterialDraft.parse({
    id: fileId(n),
    kind: 'pdf',
    sizeBytes: 1_000 + n,
    sha256: n.toString(16).padStart(64, '0'),
    title: `材料 ${n}`,
  });
}

/** The file of a material, as a rule is told of it. */
export function sentFile(n: number, more: Partial<SentFile> = {}): SentFile {
  const { title: _title, ...file } = material(n);
  return { ...file, use: 'material', usedFor: null, width: null, height: null, ...more };
}

/** The n-th picture, as it goes with a view. */
export function picture(n: number): ViewPicture {
  return ViewPicture.parse({
    id: fileId(1_000 + n),
    sizeBytes: 2_000 + n,
    sha256: n.toString(16).padStart(64, 'a'),
    width: 1_600,
    height: 1_200,
    alt: n % 2 === 0 ? '' : `图 ${n}`,
  });
}

/** What whoever asks has sent, where the room is one that storage would answer for. */
export function filesFor(room: Pick<Room, 'materials'>, command: Command): readonly SentFile[] {
  if (command.type === 'postView')
    return (command.view.pictures ?? []).map(({ alt: _alt, ...file }) => {
      return { ...file, kind: 'picture', use: 'picture', usedFor: null };
    });
  if (command.type !== 'addMaterial') return [];
  const { title: _title, ...file } = command.material;
  const isUsed = room.materials?.some(({ id }) => id === file.id) === true;
  return [{ ...file, use: 'material', usedFor: isUsed ? file.id : null, width: null, height: null }];
}

const few = fc.nat({ max: 4 });

/** Putting materials beside a session, taking them out and elsewhere, sensibly or not. */
const materials: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: few.map((n): Command => ({ type: 'addMaterial', material: material(n) })) },
  { weight: 1, arbitrary: few.map((n): Command => ({ type: 'withdrawMaterial', materialId: fileId(n) })) },
  {
    weight: 2,
    arbitrary: fc.record({ n: few, before: fc.option(few) }).map(({ n, before }): Command => ({
      type: 'placeMaterial',
      materialId: fileId(n),
      before: before === null ? null : fileId(before),
    })),
  },
);

/** Scripts about materials, mostly of those who may. */
export const arbitraryMaterialScript = fc.array(
  fc.record({ who: fc.constantFrom(as(0), as(0), as(5), as(1)), command: materials }),
  { minLength: 10, maxLength: 40 },
);
