/** A place for the page that is to come. */
export function ScreenPage() {
  return <main>ScreenPage</main>
}
