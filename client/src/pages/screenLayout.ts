/** How a wall is laid out for reading from afar. */
export interface ScreenLayout {
  readonly columns: number
  /** Rows a column, at most. */
  readonly rows: number
  /** Notes that fit; the rest is a number. */
  readonly most: number
  readonly density: 'large' | 'medium' | 'small'
}

const LAYOUTS = [
  { columns: 1, rows: 8, density: 'large' },
  { columns: 2, rows: 8, density: 'medium' },
  { columns: 3, rows: 10, density: 'small' },
] as const

/** The roomiest layout that holds a number of notes, else the densest with the rest left over. */
export function screenLayout(count: number): ScreenLayout {
  const layout = LAYOUTS.find(({ columns, rows }) => count <= columns * rows) ?? LAYOUTS[2]
  return { ...layout, most: layout.columns * layout.rows }
}
