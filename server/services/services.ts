import type { AccountRecords } from '../ports/account-records.ts';
import type { AccountStore } from '../ports/account-store.ts';
import type { ArchiveStore } from '../ports/archive-store.ts';
import type { BoxKeys, Signer } from '../ports/box-keys.ts';
import type { BoxStore } from '../ports/box-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileMaker } from '../ports/file-maker.ts';
import type { FileStore } from '../ports/files.ts';
import type { Ids } from '../ports/ids.ts';
import type { NoteStore } from '../ports/note-store.ts';
import type { LinkStore } from '../ports/link-store.ts';
import type { NameStore } from '../ports/name-store.ts';
import type { PublicationStore } from '../ports/publication-store.ts';
import type { RecordSearch } from '../ports/record-search.ts';
import type { RoomFeed } from '../ports/room-feed.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { Seats } from '../ports/seats.ts';
import type { SessionStore } from '../ports/session-store.ts';
import type { Signals } from '../ports/signals.ts';
import type { SignInStore } from '../ports/sign-in-store.ts';
import type { Cut } from '../ports/sign-ins.ts';
import type { StudioStore } from '../ports/studio-store.ts';
import type { WordStore } from '../ports/word-store.ts';
import type { TextDoor } from '../ports/text-door.ts';
import type { TextHistory } from '../ports/text-history.ts';
import type { Throttle } from '../ports/throttle.ts';
import type { Log } from '../log.ts';
import { createSnapshots } from '../rooms/snapshot.ts';
import { createAccounts, type Accounts } from './accounts.ts';
import { createArchives, type Archives } from './archives.ts';
import type { BundlePacker } from '../ports/bundle-packer.ts';
import { createBundles, type BundlesService } from './bundles.ts';
import { createDocuments, type DocumentsService } from './documents.ts';
import { createBoxes, type BoxesDeps, type BoxesService, type BoxSettings } from './boxes.ts';
import { createChoices, type ChoicesService } from './choices.ts';
import { createInvitations, type InvitationsService } from './invitations.ts';
import { createJoining, type Joining } from './joining.ts';
import { createLinks, type Links } from './links.ts';
import { createNames, type NamesService } from './names.ts';
import { createLobby, type LobbyService } from './lobby.ts';
import { createMaterials, type MaterialsService } from './materials.ts';
import { createModerationService, type ModerationService } from './moderation.ts';
import { createNotes, type NotesService } from './notes.ts';
import { createOffice, type OfficeService } from './office.ts';
import type { Passwords } from './passwords.ts';
import { createPicturesService, type PicturesService } from './pictures.ts';
import { createPublications, type PublicationsService } from './publications.ts';
import { createRecordSearchService, type RecordSearchService } from './record-search.ts';
import { createRoomsService, type RoomsService } from './rooms.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSignalsService, type SignalsService } from './signals.ts';
import { createWordLists, type WordLists } from './word-lists.ts';
import { createVenues, type VenuesService } from './venues.ts';

/** What people can ask for. */
export type Services = {
  readonly accounts: Accounts;
  readonly office: OfficeService;
  readonly joining: Joining;
  readonly sessions: Sessions;
  readonly rooms: RoomsService;
  readonly boxes: BoxesService;
  readonly links: Links;
  readonly materials: MaterialsService;
  readonly pictures: PicturesService;
  readonly moderation: ModerationService;
  readonly notes: NotesService;
  readonly words: WordLists;
  readonly signals: SignalsService;
  readonly venues: VenuesService;
  readonly invitations: InvitationsService;
  readonly names: NamesService;
  readonly choices: ChoicesService;
  readonly lobby: LobbyService;
  readonly archives: Archives;
  readonly bundles: BundlesService;
  readonly documents: DocumentsService;
  readonly publications: PublicationsService;
  readonly records: RecordSearchService;
  readonly texts: TextDoor;
  readonly clock: Clock;
};

/** Everything that services need of the world. */
export type ServicesDeps = {
  readonly stores: {
    readonly accounts: AccountStore;
    readonly accountRecords: AccountRecords;
    readonly studios: StudioStore;
    readonly signIns: SignInStore;
    readonly sessions: SessionStore;
    readonly boxes: BoxStore;
    readonly files: FileStore;
    readonly links: LinkStore;
    readonly names: NameStore;
    readonly archives: ArchiveStore;
    readonly publications: PublicationStore;
    readonly records: RecordSearch;
    readonly notes: NoteStore;
    readonly words: WordStore;
  };
  readonly texts: TextDoor;
  readonly textHistory: TextHistory;
  readonly seats: Seats;
  readonly rooms: Rooms;
  readonly feed: Pick<RoomFeed, 'listen'>;
  readonly maker: FileMaker;
  readonly passwords: Passwords;
  readonly boxKeys: BoxKeys;
  readonly packer: BundlePacker;
  /** Signs tokens of ballot boxes. */
  readonly signer: Signer;
  readonly boxSettings: BoxSettings;
  readonly spendBallot: BoxesDeps['spend'];
  /** Wrong passwords, by login and address. */
  readonly failures: Throttle;
  /** Wrong join tokens, by address. */
  readonly guesses: Throttle;
  readonly signals: Signals;
  /** Counts one signal of somebody; throws TOO_OFTEN while they rest. */
  readonly restSignal: (key: string) => Promise<void>;
  readonly cut: (cut: Cut) => void;
  /** The key that link tokens are derived with, and sign-ins marked. */
  readonly secret: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
};

/** All services, wired to their ports. */
export function createServices(deps: ServicesDeps): Services {
  const { stores, seats, rooms, clock, ids, secret, log, cut } = deps;
  const standing = { seats, rooms, sessions: stores.sessions };
  const words = createWordLists({
    words: stores.words,
    sessions: stores.sessions,
    ids,
    nowMs: () => performance.now(),
  });
  const boxes = createBoxes({
    ...standing,
    boxes: stores.boxes,
    keys: deps.boxKeys,
    signer: deps.signer,
    settings: deps.boxSettings,
    spend: deps.spendBallot,
    clock,
    nowMs: () => performance.now(),
    log,
  });
  const roomsService = createRoomsService({
    ...standing,
    snapshots: createSnapshots(),
    wordsOf: words.of,
    readyBox: boxes.ready,
    endingMs: deps.boxSettings.endingMs,
    cut,
    clock,
  });
  return {
    accounts: createAccounts({
      store: stores.accounts,
      records: stores.accountRecords,
      signIns: stores.signIns,
      passwords: deps.passwords,
      failures: deps.failures,
      secret,
      cut,
      clock,
      ids,
    }),
    office: createOffice({
      records: stores.accountRecords,
      studios: stores.studios,
      passwords: deps.passwords,
      cut,
      clock,
    }),
    joining: createJoining({
      wordsOf: words.of,
      links: stores.links,
      names: stores.names,
      rooms,
      seats,
      guesses: deps.guesses,
      secret,
      clock,
      log,
    }),
    sessions: createSessions({
      ...standing,
      accounts: stores.accounts,
      wordsOfOrg: words.ofOrg,
      clock,
      boxes: stores.boxes,
    }),
    rooms: roomsService,
    boxes,
    links: createLinks({ ...standing, links: stores.links, secret, clock }),
    venues: createVenues({ ...standing, submit: roomsService.submit, secret, clock }),
    notes: createNotes({ ...standing, notes: stores.notes, clock }),
    lobby: createLobby({ ...standing, feed: deps.feed }),
    names: createNames({ ...standing, names: stores.names, submit: roomsService.submit }),
    choices: createChoices({ ...standing, submit: roomsService.submit }),
    invitations: createInvitations({
      ...standing,
      accounts: stores.accounts,
      submit: roomsService.submit,
    }),
    materials: createMaterials({ ...standing, files: stores.files, maker: deps.maker }),
    pictures: createPicturesService({ ...standing, files: stores.files, maker: deps.maker }),
    moderation: createModerationService(standing),
    words,
    signals: createSignalsService({ ...standing, signals: deps.signals, rest: deps.restSignal }),
    archives: createArchives({
      ...standing,
      archives: stores.archives,
      textHistory: deps.textHistory,
    }),
    publications: createPublications({
      ...standing,
      archives: stores.archives,
      publications: stores.publications,
      clock,
      ids,
    }),
    records: createRecordSearchService({ search: stores.records }),
    bundles: createBundles({
      ...standing,
      archives: stores.archives,
      files: stores.files,
      packer: deps.packer,
      secret,
    }),
    documents: createDocuments({
      ...standing,
      archives: stores.archives,
      sessions: stores.sessions,
      packer: deps.packer,
    }),
    texts: deps.texts,
    clock,
  };
}
