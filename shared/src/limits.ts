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
  /** Entries of each kind that a document ever holds: removed ones count, since they can be brought back. */
  notesPerWorkshop: 5_000,
  groupsPerWorkshop: 2_000,
  /** One for each action and for each group of actions. */
  plansPerWorkshop: 7_000,
  scriptsPerWorkshop: 500,
  draftsPerPerson: 2_000,
  ballotsPerPerson: 500,
  peoplePerWorkshop: 1_000,
  /** Requests to add that wait for an answer, of one person and of all. */
  requestsPerPerson: 50,
  requestsPerWorkshop: 2_000,
  /** For so long the words of a note that was removed stay on the board, so that it is brought back whole at once. */
  removedWords: 60_000,
  /**
   * Notes whose words are in the bin that one update may write in or bring back, since the server writes all of their
   * words anew: more than anybody types in, offline, while others remove them.
   */
  binnedPerUpdate: 200,
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
  /** Yjs client ids that a person may use for the first time within any hour, over all sockets. */
  newClientIdsPerHour: 60,
  /** A timer is never longer than a day. */
  timer: 24 * 60 * 60 * 1000,
} as const

/** So much per second, as an average over `burst` ms: as much as comes together in that time may come at once. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

const KIB = 1024
const MIB = 1024 * KIB

/**
 * How much the server takes in time. Past a budget it reads later: nothing is lost and the order stays. So all of them
 * are far above what people do, and below what would be felt by others.
 */
export const BUDGETS = {
  /** One socket. Its bytes at once are one full resynchronisation, and as much again of small things. */
  socket: {
    messages: { perSecond: LIMITS.updatesPerSecond + LIMITS.presencePerSecond, burst: LIMITS.burst },
    presence: { perSecond: LIMITS.presencePerSecond, burst: LIMITS.burst },
    bytes: { perSecond: 128 * KIB, burst: 24_000 },
  },
  /**
   * One person, over all of their sockets in a workshop. Typing is less than 1 KiB a second, a resynchronisation after
   * 2,000 edits offline 20 to 300 KiB; at once they may open a full board (about 1.2 MiB) a dozen times.
   */
  person: {
    messages: { perSecond: 300, burst: 3_000 },
    bytes: { perSecond: 128 * KIB, burst: 32_000 },
    /**
     * Bytes that accepted edits and commands wrote, with what the server did about them, which everybody in the room
     * receives: at once the words of 250 full notes.
     */
    edits: { perSecond: 64 * KIB, burst: 8_000 },
    /** The same over a moment: to sixty people one large edit after the other is more than a line carries. */
    editsAtOnce: { perSecond: 512 * KIB, burst: 300 },
    /**
     * The same over hours: whatever was ever written, also what was deleted at once, stays in memory and on disk. At
     * once some 100,000 single letters and moves, and then more than ten people type in each second.
     */
    editsInAll: { perSecond: 2 * KIB, burst: 3_600_000 },
    /** Bytes of the answers to "what do I lack". */
    answers: { perSecond: 1 * MIB, burst: 16_000 },
    /** Ms of judging: 4 % of the loop; a keystroke takes less than 0.1. */
    judging: { perSecond: 40, burst: 10_000 },
    /** The same over a moment, so that nobody takes the loop for themselves for long enough to be felt. */
    judgingAtOnce: { perSecond: 200, burst: 300 },
    /** Thirty at once, as when a phase is locked while somebody writes offline in many tabs; then one every 10 s. */
    refusals: { perSecond: 0.1, burst: 300_000 },
    /** Sockets opened: at once those of sixteen tabs, almost four times over; then as three tabs of a bad network do. */
    connections: { perSecond: 8, burst: 30_000 },
  },
  /** All of a workshop. At once sixty people may come back, each with a full resynchronisation. */
  workshop: {
    bytes: { perSecond: 8 * MIB, burst: 16_000 },
    judging: { perSecond: 500, burst: 20_000 },
  },
  /**
   * One network address. A whole company may stand behind one, and behind a proxy everybody does: at once a thousand
   * people each create a workshop to try it, and the people of three full workshops come in. It is there so that a
   * script does not fill the disk.
   */
  address: {
    workshops: { perSecond: 1_000 / 3_600, burst: 3_600_000 },
    seats: { perSecond: 3_000 / 3_600, burst: 3_600_000 },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Rate>>>>

/** Past these the server closes with `tooMuch` [1013]; nobody gets there by hand. */
export const HOPELESS = {
  /** Sockets of one person in a workshop: four documents in sixteen tabs. */
  sockets: 64,
  /** Messages of one socket that were read and wait for a budget: more than fit into one piece of data, unless they say nothing. */
  waiting: 4_096,
  /** Pings and pongs of one socket within a minute; an honest one answers six. */
  pings: 60,
  /** Bytes of one person, over all sockets, that wait until what their sockets answer was applied: eight full answers. */
  held: 8 * LIMITS.resyncBytes,
} as const
