/** Limits of the doors: bytes and rates. Rates are per person (or per address before sign-in). */
export const DOORS = {
  /** Largest JSON body of an HTTP request, in bytes. */
  bodyBytes: 64 * 1024,
  /** Largest ballot with its token, in bytes. */
  ballotBytes: 32 * 1024,
  /** Largest body that plans a session, in bytes. */
  planBytes: 256 * 1024,
  /** Largest Socket.io message, in bytes. */
  socketBytes: 64 * 1024,
  /** Largest frame of /collab, in bytes: what somebody wrote offline comes in one. */
  collabFrameBytes: 2.5 * 1024 * 1024,
  /** Largest single Yjs update that is no answer, in bytes. */
  updateBytes: 256 * 1024,
  /** From this length on whoever writes a text is asked to keep it shorter, in bytes. */
  longTextBytes: 2 * 1024 * 1024,
  /** Largest awareness state, in bytes. */
  awarenessBytes: 2 * 1024,
  /** Events that one catch-up answers at most. */
  catchUpEvents: 500,
  /** Largest catch-up over a socket, in bytes: at 20 KB/s a heartbeat behind it still comes in time. More comes by HTTP. */
  catchUpBytes: 32 * 1024,
  /** Largest page of events over HTTP, in bytes before it is compressed; a single event may be larger. */
  eventPageBytes: 64 * 1024,
  /** The newest views and replies that a snapshot carries; earlier ones come page by page. */
  snapshotSaid: 100,
  /** Of closed polls with more voters than this a snapshot carries the result only. */
  snapshotRoll: 50,
  /** Views and replies that one page of earlier ones carries at most. */
  pageSaid: 500,
  /** Up to so many people online are named; of more only counts are told. */
  namedOnline: 50,
  /** Files that one person sends to one process at once, or that wait there to be made. */
  filesAtOnceEach: 2,
  /** Bodies of files that one process holds at once, in bytes; whoever comes beyond that waits. */
  filesAtOnceBytes: 48 * 1024 * 1024,
  /** Of those at most so many are guests', in bytes: the rest is kept for accounts, and so for materials. */
  filesOfGuestsBytes: 32 * 1024 * 1024,
  /** How often the check-in code of a venue changes, in milliseconds; it is taken for as long again [M3]. */
  checkInCodeMs: 30_000,
  /** How long a question whether one is let in is held before it is answered as it stands, in milliseconds [H1]. */
  entryHoldMs: 8_000,
  /** How long a sign-in of an account is kept, in days. */
  signInDays: 14,
  /** The same of a guest, in days; as a rule their name and their sign-in are erased together before that [E6]. */
  guestSignInDays: 60,
  /** How long a join link is good, in hours. */
  linkHours: 24 * 7,
} as const;

/** Of how long a time signals are counted together and shown, in milliseconds [Q3]. */
export const SIGNAL_WINDOW_MS = 10_000;

/** How long what was lent is kept. */
export const RETENTION = {
  /** Days after the end of a session when the names and sign-ins of guests are deleted: what the join page promises [E1]. */
  guestDays: 7,
  /** Days after a meeting that they are kept at most while its text is written and confirmed [E6]. */
  guestDaysConfirming: 30,
  /**
   * Days after a meeting that they are kept at most while a poll goes on, of guests who all agreed to that: whose words
   * promise less is forgotten by then [E7].
   */
  guestDaysVoting: 60,
  /** Hours after which a file that was sent and stands nowhere is deleted [Y5]. */
  strayFileHours: 24,
  /** Hours that the single edits of a text are kept after they lie under a snapshot, and after the close [W12]. */
  textRowHours: 24,
} as const;

/** Requests a window: points each windowSeconds. People of one hall share an address, so signing in and joining are generous; wrong passwords are counted apart. */
export const RATES = {
  read: { points: 600, windowSeconds: 60 },
  command: { points: 240, windowSeconds: 60 },
  signIn: { points: 120, windowSeconds: 60 },
  /** What anybody asks before they have a seat. A hall of 1 500 looks, previews and joins from one address. */
  join: { points: 6_000, windowSeconds: 60 },
  /** A page of views shows up to three hundred pictures at once. */
  picture: { points: 1_800, windowSeconds: 60 },
  /** Files that one person sends. */
  upload: { points: 40, windowSeconds: 60 },
  /** Records that one person takes away whole. */
  bundle: { points: 10, windowSeconds: 60 },
  /** One signal of a kind in a session, of one person [Q2]. */
  signal: { points: 1, windowSeconds: 30 },
  /** Ballots with a good token that one poll's box is sent, whoever sends them: nobody's address is counted [B32]. */
  ballot: { points: 12_000, windowSeconds: 60 },
  /** The same of what is no good token, apart, so that it never takes the place of a ballot. */
  foreignBallot: { points: 600, windowSeconds: 60 },
  socket: { points: 120, windowSeconds: 60 },
  /** Sockets that one person opens. A browser on a bad line comes back every few seconds, and may have some tabs. */
  handshake: { points: 240, windowSeconds: 60 },
} as const;
export type Rate = keyof typeof RATES;
