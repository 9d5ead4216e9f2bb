/** A place for the page that is to come. */
export function WorkshopPage() {
  return <main>WorkshopPage</main>
}
