/** What points at what: for each target everything that points at it. */
export class Links<Target, From> {
  readonly #from = new Map<Target, Set<From>>()

  to(target: Target): ReadonlySet<From> {
    return this.#from.get(target) ?? NONE
  }

  add(target: Target | null, from: From): void {
    if (target === null) return
    const known = this.#from.get(target)
    if (known) known.add(from)
    else this.#from.set(target, new Set([from]))
  }

  remove(target: Target | null, from: From): void {
    if (target === null) return
    const known = this.#from.get(target)
    known?.delete(from)
    if (known?.size === 0) this.#from.delete(target)
  }
}

const NONE: ReadonlySet<never> = new Set()
