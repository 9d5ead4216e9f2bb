// A signal that ends npm or a terminal does not always reach what they started: a shell passes none on, and SIGKILL cannot be
// passed on. So each of our programs looks twice a second whether the process that started it is still there, and when it is not
// ends itself as if it had been told to. Loaded with --import, which worker threads inherit: only the main thread looks.
import { isMainThread } from 'node:worker_threads'

const parent = process.ppid
if (isMainThread) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}
