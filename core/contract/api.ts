import { accountRoutes } from './accounts.ts';
import { archiveRoutes } from './archives.ts';
import { tokenRoutes } from './box-doors.ts';
import { clockRoutes } from './clock.ts';
import { invitationRoutes } from './invitations.ts';
import { lobbyRoutes } from './lobby.ts';
import { nameRoutes } from './names.ts';
import { materialRoutes } from './materials.ts';
import { moderationRoutes } from './moderation.ts';
import { noteRoutes } from './notes.ts';
import { officeRoutes } from './office.ts';
import { wordRoutes } from './word-list.ts';
import { pictureRoutes } from './pictures.ts';
import { choiceRoutes } from './poll-doors.ts';
import { roomDoors } from './room.ts';
import { publicationRoutes } from './publication.ts';
import { recordSearchRoutes } from './record-search.ts';
import type { Route } from './route.ts';
import { sessionRoutes } from './sessions.ts';
import { signalRoutes } from './signals.ts';
import { textRoutes } from './texts.ts';
import { venueRoutes } from './venues.ts';

/** Every HTTP route of the product, for the OpenAPI document and for tests that walk through all doors. */
export const ALL_ROUTES: Readonly<Record<string, Route>> = {
  ...accountRoutes,
  ...officeRoutes,
  ...wordRoutes,
  ...sessionRoutes,
  ...Object.fromEntries(Object.entries(roomDoors).map(([name, door]) => [name, door.route])),
  ...moderationRoutes,
  ...materialRoutes,
  ...pictureRoutes,
  ...tokenRoutes,
  ...choiceRoutes,
  ...signalRoutes,
  ...clockRoutes,
  ...venueRoutes,
  ...noteRoutes,
  ...invitationRoutes,
  ...lobbyRoutes,
  ...nameRoutes,
  ...archiveRoutes,
  ...publicationRoutes,
  ...recordSearchRoutes,
  ...textRoutes,
};
