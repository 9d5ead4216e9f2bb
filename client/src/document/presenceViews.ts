import type { PersonId } from '@quintet/shared/ids'
import { type StampedPresence, stampedPresenceShape } from '@quintet/shared/protocol'
import type { Awareness } from 'y-protocols/awareness'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { Cells } from './cells.ts'

/** Who is here now: people with a name, oneself first, and how many observers. */
export interface HereView {
  readonly people: readonly PersonId[]
  readonly observers: number
}

/** Somebody else who has a field of something open. */
export interface Editor {
  readonly person: PersonId
  readonly field: NonNullable<StampedPresence['editing']>['field']
}

interface Self {
  readonly id: PersonId
  readonly observes: boolean
}

const NOBODY: readonly Editor[] = []

/**
 * Presence as immutable views, kept up client by client. It believes what the server stamped and nothing else: a state
 * that is not of the shape is passed over, as is one's own.
 */
export class PresenceViews {
  readonly here: StoreApi<HereView>
  /** Who else has a field open, by the id of the note or action. */
  readonly editors = new Cells<string, readonly Editor[]>(() => NOBODY)
  readonly #clients = new Map<number, StampedPresence>()
  readonly #self: Self

  constructor(awareness: Awareness, self: Self) {
    this.#self = self
    this.here = createStore<HereView>(() => this.#whoIsHere())
    const hear = (clients: readonly number[]) => {
      const touched = new Set<string>()
      let cameOrLeft = false
      for (const client of clients) {
        if (client === awareness.clientID) continue
        const before = this.#clients.get(client)
        const next = stampedPresenceShape(awareness.getStates().get(client))
        if (next) this.#clients.set(client, next)
        else this.#clients.delete(client)
        if (before?.editing) touched.add(before.editing.id)
        if (next?.editing) touched.add(next.editing.id)
        cameOrLeft ||= before?.person !== next?.person || before?.observer !== next?.observer
      }
      if (cameOrLeft) this.here.setState(this.#whoIsHere(), true)
      this.#findEditors(touched)
    }
    hear([...awareness.getStates().keys()])
    awareness.on('change', ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) =>
      hear([...added, ...updated, ...removed]),
    )
  }

  #whoIsHere(): HereView {
    const people = new Set(this.#self.observes ? [] : [this.#self.id])
    let observers = this.#self.observes ? 1 : 0
    for (const { person, observer } of this.#clients.values())
      if (observer) observers++
      else people.add(person)
    return { people: [...people], observers }
  }

  #findEditors(touched: ReadonlySet<string>): void {
    if (touched.size === 0) return
    const found = new Map<string, Editor[]>([...touched].map((id) => [id, []]))
    for (const { person, observer, editing } of this.#clients.values())
      if (editing && !observer && person !== this.#self.id)
        found.get(editing.id)?.push({ person, field: editing.field })
    for (const [id, editors] of found) this.editors.set(id, editors.length === 0 ? undefined : editors)
    this.editors.publish()
  }
}
