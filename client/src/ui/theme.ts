/** Light, dark, or as the system says. */
export type Theme = 'system' | 'light' | 'dark'

const KEY = 'quintet-theme'

/** The theme that this browser chose; `system` where none was chosen, or where nothing may be stored. */
export function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}

/** Shows a theme on the whole page and keeps it for this browser. */
export function setTheme(theme: Theme): void {
  showTheme(theme)
  try {
    if (theme === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, theme)
  } catch {
    // Storage is closed in this browser: the choice lasts until the page is left.
  }
}

/** Shows a theme on the whole page: `data-theme` picks the side of every light-dark() token. */
export function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** Whether the page is dark now, by choice or by the system. */
export function isDark(): boolean {
  const theme = readTheme()
  return theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
}
