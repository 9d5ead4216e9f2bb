/** A place for the page that is to come. */
export function HomePage() {
  return <main>HomePage</main>
}
