/** A place for the page that is to come. */
export function PlanPage() {
  return <main>PlanPage</main>
}
