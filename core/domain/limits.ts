/** Limits of what people may put in, with their units. One place for both ends. */
export const LIMITS = {
  titleLength: 120,
  nameLength: 40,
  affiliationLength: 80,
  backgroundLength: 4_000,
  viewLength: 2_000,
  replyLength: 4_000,
  reasonLength: 500,
  /** Words of the shared text that somebody marks, and what should stand there instead. */
  quoteLength: 500,
  /** Amendments in one session: that one person has made and nobody has decided on, and all. */
  amendmentsWaitingEach: 20,
  amendmentsPerSession: 500,
  remarkLength: 500,
  /** Remarks in one session: of one person that are not resolved, and all; answers to one. */
  remarksOpenEach: 20,
  remarksPerSession: 500,
  answersPerRemark: 50,
  /** Paragraphs of the shared text that one person agrees with, and that anybody does or has. */
  assents: { each: 100, paragraphs: 500 },
  reservationLength: 1_000,
  /** Of one person's own notes of one session. */
  noteLength: 10_000,
  /** How often one person may change what they signed about one text. */
  signatureChanges: 5,
  /** How often a text may go back to be written on. */
  reopenings: 50,
  questionLength: 300,
  optionLength: 120,
  optionsPerPoll: 30,
  paragraphsPerPoll: 200,
  /** Who may be named beside the candidates of one election. */
  othersPerElection: 200,
  /** An answer in words to an open question. */
  answerLength: 500,
  pollsPerSession: 100,
  /** Prepared polls that can be dropped in a session: their ids are never given again. */
  droppedPolls: 200,
  /** How far ahead a poll over days may end: names are kept as long as people vote. */
  pollDays: 60,
  /** Polls over days that the list of one's sessions reminds of, in each. */
  remindedVotes: 5,
  venuesPerSession: 20,
  agendaItems: 40,
  groupsPerSession: 20,
  openWindowHours: 2,
  /** Before the planned time of a meeting, from when on coming in is coming to it [M7]. */
  doorsOpenMinutes: 15,
  /** Check-ins of one person that can be undone one by one; beyond them the oldest are undone together. */
  checkInsKept: 4,
  minutesPerItem: 600,
  /** From the begin of collecting, in which each reader has an order of their own. */
  shuffleMinutes: 1_440,
  /** Changes of the agenda that a session keeps for its record. */
  agendaChanges: 300,
  participantsPerSession: 5_000,
  /** People who wait in the lobby of one session at once. */
  waitingPerSession: 500,
  /** People who are let in from the lobby by one command. */
  admittedAtOnce: 500,
  viewsPerSession: 20_000,
  viewsPerReply: 20,
  editsPerView: 10,
  /** Views that say the same and are read as one. */
  viewsPerMerge: 20,
  /** Acts of merging in one session. */
  mergesPerSession: 500,
  searchLength: 60,
  questionsPerSession: 300,
  /** Questions that one person has put and that still wait. */
  questionsWaitingEach: 5,
  /** Of one author in one session, those that were taken back too. */
  questionsEach: 20,
  /** Departments that one view is put to at once. */
  questionsPerView: 5,
  /** How often departments may pass one question among themselves. */
  passesPerQuestion: 3,
  /** Everybody whose hands one question may go through. */
  handsPerQuestion: 20,
  /** Views of one session that moderation keeps from the room and that somebody has to decide on. */
  casesPerSession: 5_000,
  /** Cases that whoever moderates is given at once, of those that wait and of those that are hidden. */
  casesShown: 100,
  /** Of one author, those that nobody has decided on. */
  heldWaitingEach: 5,
  /** Of one author in one session, held views that they let go of before anybody has looked. */
  forgoneEach: 20,
  /** One word of an organisation's list, and how many it has. */
  listedWordLength: 30,
  listedWords: 500,
  listedWordsAtOnce: 100,
  /** Reports of one session, and of those the ones of people who are not vouched for, all together. */
  reportsPerSession: 5_000,
  reportsOfGuests: 4_000,
  /** Reports of one person that nobody has answered, and views that wait because people who are not vouched for reported them. */
  reportsWaitingEach: 20,
  viewsReportedByGuests: 200,
  /** People whose reports hide a view. */
  reportsToHide: { least: 2, most: 50 },
  /** Waits of which the median is shown. */
  waitsKept: 200,
  /** People of one session who may not post. */
  mutedPerSession: 200,
  /** Looks at real names in one session. */
  looksPerSession: 1_000,
  /** Materials of a session that stand in its list, and all that were ever in it. */
  materialsPerSession: 30,
  materialsEver: 100,
  /** The largest material, in bytes. */
  materialBytes: 10 * 1024 * 1024,
  /** The largest plain text among materials, in bytes. */
  textFileBytes: 1024 * 1024,
  /** The files of all materials of one session, in bytes. */
  materialsBytes: 300 * 1024 * 1024,
  /** Files of a kind of use that one person has sent in one session and that stand nowhere yet: with one more the oldest goes. */
  filesWaitingEach: 12,
  /** The most that a document may unpack to, in bytes, and the most parts of it. */
  unpackedBytes: 200 * 1024 * 1024,
  documentParts: 5_000,
  /** Of a picture as it is sent, in pixels. */
  picturePixels: 25_000_000,
  /** How often a JPEG goes over its pixels: programs write ten scans, a few of them twice as many. */
  pictureScans: 32,
  picturesPerView: 3,
  /** The longer side of a picture of a view as it is kept, in pixels. */
  pictureSide: 1_600,
  /** The largest picture of a view as it is sent, in bytes: browsers make it small before. */
  pictureBytes: 8 * 1024 * 1024,
  /** Pictures of views in one session that one person has sent, and all of them, in bytes as they are kept. */
  picturesEachBytes: 20 * 1024 * 1024,
  picturesBytes: 300 * 1024 * 1024,
  /** What is to be seen on a picture, and what place a view is about. */
  altLength: 120,
  placeLength: 60,
  tasksPerSession: 200,
  taskLength: 500,
  dueDays: 730,
  floorQueue: 500,
  /** Turns at the floor that can be spoken of by their number. */
  turns: 10_000,
  /** Of one turn at the floor, in seconds; grace is what the clock waits beyond it. */
  turnSeconds: { least: 15, most: 3_600 },
  graceSeconds: 600,
  /** One extension, and all extensions of one turn, in seconds. */
  extensionSeconds: { least: 15, most: 600, all: 3_600 },
  turnsPerItem: 20,
} as const;
