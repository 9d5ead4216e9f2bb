/** As a test's own time: a CI machine may have to share its processors. What hangs says what it waited for before that ends. */
// biome-ignore lint/style/noProcessEnv: how patient a test is is no setting of the server.
const PATIENCE = process.env.CI ? 25_000 : 8_000

/**
 * Waits for a condition, looking again at every turn of a short timer.
 * @param limit ms after which it gives up with what it waited for.
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limit = PATIENCE,
): Promise<void> {
  const end = performance.now() + limit
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`Gave up waiting until ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
}
