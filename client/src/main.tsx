import '@fontsource-variable/inter/opsz.css'
import '@fontsource-variable/newsreader/opsz.css'
import '@fontsource-variable/newsreader/opsz-italic.css'
import './tokens.css'
import './base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { readTheme, showTheme } from './ui/theme.ts'

showTheme(readTheme())
const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root to show the app in.')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
