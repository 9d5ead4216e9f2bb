/**
 * Every limit that a person or a script can run into, stated once. The server refuses what is past a limit,
 * the client stops before it: never a silent cut. Lengths are UTF-16 code units, sizes are bytes, times are milliseconds.
 */
export const LIMITS = {
  title: 120,
  name: 60,
  /** A field for a note stops here … */
  note: 2_000,
  /** … and the document takes a little more, since two honest edits made apart may merge to more than either. */
  noteMerged: 2_200,
  groupName: 200,
  /** … likewise. */
  groupNameMerged: 220,
  /** First step and measure of an action. */
  planField: 500,
  /** … likewise. */
  planFieldMerged: 550,
  kudos: 500,
  orderKey: 100,
  /** Most dots that an agenda gives to each person in one vote. */
  budget: 20,
  /** Steps that one phase of an agenda may have. */
  stepsPerPhase: 20,
  notesPerWorkshop: 5_000,
  peoplePerWorkshop: 1_000,
  /** Requests to add that wait for an answer, of one person and of all. */
  requestsPerPerson: 50,
  requestsPerWorkshop: 2_000,
  /** For so long the words of a note that was removed stay on the board, so that it is brought back whole at once. */
  removedWords: 60_000,
  /** The body of any HTTP request. */
  requestBytes: 64 * 1024,
  /** One live sync message. */
  updateBytes: 256 * 1024,
  /** One sync message that answers the server's own question after a connection was lost. */
  resyncBytes: 2 * 1024 * 1024,
  presenceBytes: 2 * 1024,
  commandBytes: 16 * 1024,
  /** Updates and changes of presence that the server reads from one socket each second … */
  updatesPerSecond: 60,
  presencePerSecond: 30,
  /** … as an average over this time. What is past it is read later; nothing is refused or lost. */
  burst: 3_000,
  /** Yjs client ids that one socket may name. */
  clientIds: 32,
  /** A timer is never longer than a day. */
  timer: 24 * 60 * 60 * 1000,
} as const
