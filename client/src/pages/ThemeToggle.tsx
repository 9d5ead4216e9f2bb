import { useState } from 'react'
import { IconButton } from '../ui/IconButton.tsx'
import { isDark, setTheme } from '../ui/theme.ts'

/** Light or dark, for this browser. */
export function ThemeToggle() {
  const [dark, setDark] = useState(isDark)
  return (
    <IconButton
      icon={dark ? 'moon' : 'sun'}
      label={dark ? 'Dark. Change to light' : 'Light. Change to dark'}
      onClick={() => {
        setTheme(dark ? 'light' : 'dark')
        setDark(!dark)
      }}
    />
  )
}
