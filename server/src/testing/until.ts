/**
 * Waits for a condition, looking again at every turn of a short timer.
 * @param limit ms after which it gives up with what it waited for.
 */
export async function until(what: string, condition: () => boolean | Promise<boolean>, limit = 8_000): Promise<void> {
  const end = performance.now() + limit
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`Gave up waiting until ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
}
