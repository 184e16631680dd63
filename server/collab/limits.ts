/** Bounds of the shared text that only the server needs to know. Times in ms. */
export const TEXT_LIMITS = {
  /** One batch of the log. */
  batchUpdates: 256,
  batchBytes: 1024 * 1024,
  /** What may wait in one document before its senders are paused: updates, and the marks between them. */
  queueItems: 2_000,
  queueBytes: 4 * 1024 * 1024,
  /** How long storage may be away before writers are told, and before they are cut. */
  awayTellMs: 10_000,
  awayCutMs: 60_000,
  /** A document at rest beyond this takes no more. */
  documentBytes: 10 * 1024 * 1024,
  /** Deepest nesting of the text's nodes. */
  depth: 40,
  /** Longest single struct, in characters: a paste of a whole law fits. */
  structLength: 1_000_000,
  /**
   * Structs in one update, and in one that is larger than updates are: an answer. A paste of as many bytes as an
   * update may have stays below, however short its lines.
   */
  structs: 20_000,
  answerStructs: 50_000,
  /** Ranges of deleted words that one update may name: a whole text that was written in tiny pieces. */
  deletions: 50_000,
  /**
   * Comparisons with what stands at the same spot, and structs moved by cuts, that one update may cost. crowd: a rough
   * count of what new items may be compared with each other, from which on it is counted exactly.
   */
  comparisons: 100_000,
  crowd: 20_000,
  moves: 32_000_000,
  /** More structs than this nobody makes in one sitting; then joining them counts as cutting does. */
  longList: 65_536,
  /** New Yjs client ids that one update may bring: those of a day, when a text is brought back after a restore. */
  clientsPerUpdate: 4_096,
  /** Connections that one person may have in one process: windows and devices. */
  connections: 10,
  /** Handshakes of one person in one process: a browser with many tabs on a bad line is far from it. */
  knocks: { burst: 240, perSecond: 4 },
  /** Handshakes that may wait at the same time to be let in: twice the largest hall. */
  handshakes: 2_000,
  /** Buckets of one person, over all of their connections: burst and refill a second. */
  updates: { burst: 1_000, perSecond: 200 },
  bytes: { burst: 4 * 1024 * 1024, perSecond: 1024 * 1024 },
  /** Yjs client ids that one person brings into texts: one each time a page is opened, and each stays for ever. */
  ids: { burst: 64, perSecond: 0.1 },
  /**
   * What one person's edits may cost, in comparisons: thirteen a letter, a few ten thousand after an hour away. And how
   * much of it is done before others have their turn.
   */
  labour: { burst: 900_000, perSecond: 20_000 },
  turnLabour: 20_000,
  /**
   * What one person has read, in comparisons: an answer is read at one go, and two of the greatest in one turn would
   * take the time of a sentence from everybody.
   */
  reading: { burst: 160_000, perSecond: 50_000 },
  /** How long the buckets of somebody who left are kept: longer than they take to fill. */
  allowanceMs: 11 * 60_000,
  /** Buckets of one connection. */
  frames: { burst: 2_000, perSecond: 400 },
  states: { burst: 20, perSecond: 2 },
  presences: { burst: 20, perSecond: 10 },
  /** How often rights are asked, and the log is read, because of what one connection sent. */
  rechecks: { burst: 2, perSecond: 1 },
  catchUps: { burst: 2, perSecond: 1 },
  /** How often a text is told (docs/adr/0025). */
  tell: { leastMs: 0, timesTold: 10, mostMs: 20, worth: 4, worthMs: 80, seldomMs: 30, hallToldMs: 0.7 },
  /** Answers that are kept of one document, their bytes, and how much may come after them before they are made anew. */
  answers: 16,
  answerBytes: 16 * 1024 * 1024,
  answerTail: 512,
  answerTailBytes: 64 * 1024,
  /** Of a state vector, beside what the document has itself. */
  vectorBytes: 64 * 1024,
  /** Time of this process for answers that nobody else can share, in ms; beyond it the whole is sent. */
  answering: { burst: 500, perSecond: 100 },
  /** Bytes of answers to one person; beyond it the next one waits. */
  answered: { burst: 8 * 1024 * 1024, perSecond: 4 * 1024 * 1024 },
  /** What may wait unsent for one reader behind an answer before it is cut; it comes back and asks for what it lacks. */
  readerBytes: 8 * 1024 * 1024,
  /** How often it is looked whether an answer has left, when the next one is wanted. */
  answerAgainMs: 500,
  /** Cursors that are shown in one document. */
  cursors: 50,
  presenceTickMs: 100,
  /** A cursor from another process that was not renewed for so long is gone. */
  presenceAgeMs: 35_000,
  /** y-websocket clients hang up after 30 s of silence. */
  pulseMs: 15_000,
  /** How often everybody's role is asked anyway: the session's events tell of it at once. */
  recheckMs: 30_000,
  /** How often everybody's sign-in is asked: the end of one is no event. */
  signInsMs: 1_000,
  /** So long somebody reads on whose sign-in could not be asked. */
  unaskedMs: 60_000,
  /** So long what is committed waits for more before other processes hear of it, while there is more. */
  hintMs: 50,
  /** So long rows of other processes wait for our own, to be told with them: for each reader, at most, and who writes. */
  followMsPerReader: 0.4,
  followMs: 40,
  writingMs: 100,
  /** Polls for what the bus lost, while it is well and while it is not. */
  pollMs: 2_000,
  pollUnwellMs: 250,
  /** A document that nobody has open is forgotten after this. */
  unloadMs: 30_000,
  /**
   * A snapshot is due when the rows since the last one would make loading long, or weigh as much as it does: a text that
   * is snapshotted at every pause would be written many times over.
   */
  snapshotRows: 20_000,
  snapshotBytes: 1024 * 1024,
  /** At rest, when nobody wrote for so long or nobody is here: from so many rows, and so much of the snapshot, on. */
  idleMs: 30_000,
  idleRows: 50,
  idleShare: 1 / 8,
  /** What a row takes beside its bytes: whose, when, which text, and its place in the index. */
  rowBytes: 100,
  /** After a snapshot that could not be made. */
  snapshotAgainMs: 60_000,
  /** After one that was made, for each MB of it: a full text that is shortened letter by letter is not stored each time. */
  snapshotPaceMs: 1_000,
  /** Longest time for folding one text; and how long the thread that does so waits for another. */
  foldMs: 30_000,
  /** And for sealing one, from the asking on: sooner than whoever closes the session, or PostgreSQL, gives up. */
  sealMs: 12_000,
  foldIdleMs: 30_000,
  /** Rows that are applied in one turn of the loop when a text is loaded. */
  loadRows: 1_000,
} as const;
