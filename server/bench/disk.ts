import { Worker } from 'node:worker_threads'

/**
 * Watches what the disk does by itself while something else is measured: a page is made durable again and again, in a
 * thread of its own. Where that stands still, whatever waits for the disk stands still with it.
 */
export class DiskWatch {
  /** The longest sync so far, microseconds. */
  readonly #longest = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  readonly #thread: Worker

  /** @param folder on the disk to watch; a file of one page is written there. */
  constructor(folder: string) {
    this.#thread = new Worker(new URL('./diskSyncs.ts', import.meta.url), {
      workerData: { folder, longest: this.#longest },
    })
  }

  /** The longest time that one page took since this was last asked, ms. */
  longest(): number {
    return Atomics.exchange(this.#longest, 0, 0) / 1000
  }

  async stop(): Promise<void> {
    await this.#thread.terminate()
  }
}
