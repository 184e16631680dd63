import type { RoomEvent } from '../events.ts';
import { isSent } from '../files.ts';
import type { FileId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import type { Material } from '../materials.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { canBeDone } from './course.ts';
import type { Facts } from './facts.ts';
import { guardAct, guardNotClosed, type Who } from './guards.ts';
import type { Room } from './state.ts';

type MaterialCommand = CommandOf<'addMaterial' | 'withdrawMaterial' | 'placeMaterial'>;

/** Rules of what lies beside a session to be read [Y1]–[Y3]. */
export function decideMaterials(
  room: Room,
  who: Who,
  command: MaterialCommand,
  { files = [] }: Facts,
): Result<readonly RoomEvent[], Refusal> {
  switch (command.type) {
    case 'addMaterial': {
      const allowed = guardAddMaterial(room, who);
      if (!allowed.ok) return allowed;
      const { material } = command;
      if (materialsOf(room).some(({ id }) => id === material.id)) return refuse('ID_TAKEN');
      const { title: _title, ...file } = material;
      const sent = files.find(({ id }) => id === material.id);
      return isSent(file, sent) && sent.use === 'material' && sent.usedFor === null
        ? ok([{ type: 'material:added', material }])
        : refuse('FILE_UNKNOWN');
    }
    case 'withdrawMaterial': {
      const material = guardMaterial(room, who, command.materialId);
      return material.ok ? ok([{ type: 'material:withdrawn', materialId: command.materialId }]) : material;
    }
    case 'placeMaterial':
      return placeMaterial(room, who, command);
    default:
      return unreachable(command);
  }
}

/** Whether this person may put something beside the session now. */
export function guardAddMaterial(room: Room, who: Who): Result<null, Refusal> {
  const allowed = guardMaterials(room, who);
  if (!allowed.ok) return allowed;
  const all = materialsOf(room);
  const listed = all.filter(({ withdrawn }) => withdrawn === undefined);
  const max = LIMITS.materialsPerSession;
  if (listed.length >= max || all.length >= LIMITS.materialsEver) return refuse('MATERIALS_FULL', { max });
  return ok(null);
}

/** Whether this person may take out, or put elsewhere, a material that stands in the list. */
export function guardMaterial(room: Room, who: Who, materialId: FileId): Result<Material, Refusal> {
  const allowed = guardMaterials(room, who);
  if (!allowed.ok) return allowed;
  const material = materialOf(room, materialId);
  if (material === undefined) return refuse('MATERIAL_UNKNOWN');
  return material.withdrawn === undefined ? ok(material) : refuse('MATERIAL_WITHDRAWN');
}

/** What lies beside a session, withdrawn or not, in its order. */
export function materialsOf({ materials = [] }: Pick<Room, 'materials'>): readonly Material[] {
  return materials;
}

/** A material by its id. */
export function materialOf(room: Pick<Room, 'materials'>, id: FileId): Material | undefined {
  return materialsOf(room).find((one) => one.id === id);
}

function guardMaterials(room: Room, who: Who): Result<null, Refusal> {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  const allowed = guardAct(room, who, 'material:manage');
  if (!allowed.ok) return allowed;
  const { state } = room;
  return canBeDone(state, 'material:manage') ? ok(null) : refuse('SESSION_NOT_OPEN', { state });
}

function placeMaterial(
  room: Room,
  who: Who,
  { materialId, before }: CommandOf<'placeMaterial'>,
): Result<readonly RoomEvent[], Refusal> {
  const material = guardMaterial(room, who, materialId);
  if (!material.ok) return material;
  const all = materialsOf(room);
  if (before !== null && materialOf(room, before) === undefined) return refuse('MATERIAL_UNKNOWN');
  const behind = all[all.findIndex(({ id }) => id === materialId) + 1]?.id ?? null;
  // It stands there already.
  if (before === materialId || before === behind) return ok([]);
  return ok([{ type: 'material:placed', materialId, before }]);
}
