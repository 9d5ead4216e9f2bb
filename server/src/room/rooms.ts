import type { WorkshopId } from '@quintet/shared/ids'
import { COUNTDOWN } from '@quintet/shared/moves'
import type { Logger } from 'pino'
import type { Store } from '../store/store.ts'
import { type Alarm, timerAlarm } from './alarm.ts'
import { Browsers } from './browsers.ts'
import { Room, RoomClosed } from './room.ts'

/** Thrown (as a rejection) when there is no workshop of this id. */
export class NoWorkshop extends Error {
  override readonly name = 'NoWorkshop'
}

export interface RoomsSetting {
  readonly store: Store
  readonly log: Logger
  /** Ms since the epoch; the machine's clock unless given. */
  readonly now?: () => number
  /** Rings when a countdown ends; the machine's timers unless given. */
  readonly alarm?: Alarm
  /** How long a room stays loaded after the last person left and the last change was saved, ms. */
  readonly unloadAfter?: number
}

const UNLOAD_AFTER = 30_000

/** The live rooms: each workshop is loaded once [promise 3], kept while it is in use, and let go when it is not. */
export class Rooms {
  /** Who comes in through which browser, in all workshops. */
  readonly browsers = new Browsers()
  readonly #setting: RoomsSetting
  readonly #rooms = new Map<WorkshopId, Promise<Room>>()
  readonly #timers = new Map<WorkshopId, NodeJS.Timeout>()
  #closing = false

  constructor(setting: RoomsSetting) {
    this.#setting = setting
  }

  /** The workshops that are loaded or being loaded. */
  get loaded(): readonly WorkshopId[] {
    return [...this.#rooms.keys()]
  }

  /**
   * The live room of a workshop, completely loaded.
   * @throws {NoWorkshop} if there is none; and whatever a failed load rejects with: never an empty room [promise 6].
   */
  open(workshop: WorkshopId): Promise<Room> {
    if (this.#closing) return Promise.reject(new RoomClosed('The server is stopping. Nothing was changed: try again.'))
    const known = this.#rooms.get(workshop)
    if (known) {
      // Whoever gets a room has its whole rest time to use it.
      this.#cancelUnload(workshop)
      known.then((room) => this.#unloadLater(room)).catch(() => undefined)
      return known
    }
    const opening: Promise<Room> = this.#load(workshop, () => this.#forget(workshop, opening))
    this.#rooms.set(workshop, opening)
    opening.then((room) => this.#unloadLater(room)).catch(() => this.#forget(workshop, opening))
    return opening
  }

  /** Whether there is such a workshop. */
  async has(workshop: WorkshopId): Promise<boolean> {
    return this.#rooms.has(workshop) || this.#setting.store.has(workshop)
  }

  /** Takes nothing more, makes everything durable that was taken, closes every connection with a code that lets it return. */
  async close(): Promise<void> {
    this.#closing = true
    const opened = await Promise.allSettled(this.#rooms.values())
    await Promise.all(opened.map((each) => (each.status === 'fulfilled' ? each.value.close() : undefined)))
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  async #load(workshop: WorkshopId, dropped: () => void): Promise<Room> {
    const { store, log, now = Date.now, alarm = timerAlarm(now, COUNTDOWN) } = this.#setting
    if (!(await store.has(workshop))) throw new NoWorkshop('There is no such workshop here. Check the link.')
    const started = performance.now()
    const quiet = () => {
      this.#rooms
        .get(workshop)
        ?.then((room) => this.#unloadLater(room))
        .catch(() => undefined)
    }
    const room = await Room.open({ workshop, store, log, now, alarm, dropped, quiet })
    log.info({ workshop, ms: Math.round(performance.now() - started) }, 'room opened')
    return room
  }

  #forget(workshop: WorkshopId, room: Promise<Room>): void {
    if (this.#rooms.get(workshop) !== room) return
    this.#rooms.delete(workshop)
    this.#cancelUnload(workshop)
  }

  #cancelUnload(workshop: WorkshopId): void {
    clearTimeout(this.#timers.get(workshop))
    this.#timers.delete(workshop)
  }

  #unloadLater(room: Room): void {
    const { workshop } = room
    this.#cancelUnload(workshop)
    if (!room.mayUnload) return
    const timer = setTimeout(() => this.#unload(room), this.#setting.unloadAfter ?? UNLOAD_AFTER)
    this.#timers.set(workshop, timer.unref())
  }

  #unload(room: Room): void {
    const { workshop } = room
    this.#timers.delete(workshop)
    if (!room.mayUnload) return
    room.unload()
    const { store, log } = this.#setting
    log.info({ workshop }, 'room unloaded')
    store.compact(workshop).catch((error: unknown) => log.warn({ err: error, workshop }, 'could not compact'))
  }
}
