import { useEffect } from 'react'
import { useUndo } from '../document/editing.ts'
import { announce } from '../ui/announcements.ts'

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))

/** What a key means: Z with Ctrl or Cmd undoes, with Shift as well it redoes, as does Ctrl with Y. */
function undoKey(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' && event.ctrlKey ? 'redo' : null
}

/** Undoes and redoes one's own edits by key. Fields keep the keys: they undo their own words. */
export function useUndoKeys(): void {
  const { undo, redo, undoName, redoName } = useUndo()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const what = undoKey(event)
      // In a dialog nobody sees what would come back.
      if (!what || isField(event.target) || document.querySelector('dialog[open]')) return
      event.preventDefault()
      const name = what === 'undo' ? undoName : redoName
      if (name === null) announce(`Nothing to ${what}.`)
      else if (what === 'undo' ? undo() : redo()) announce(`${what === 'undo' ? 'Undone' : 'Redone'}: ${name}.`)
      else announce('Others have changed this since, so it stays as it is.')
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [undo, redo, undoName, redoName])
}
