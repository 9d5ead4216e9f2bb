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

/** Takes one step, and says in words what came of it. */
function taken(name: string | null, step: () => boolean, verb: string, done: string): string {
  if (name === null) return `Nothing to ${verb}.`
  return step() ? `${done}: ${name}.` : 'Others have changed this since, so it stays as it is.'
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
      announce(what === 'undo' ? taken(undoName, undo, 'undo', 'Undone') : taken(redoName, redo, 'redo', 'Redone'))
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [undo, redo, undoName, redoName])
}
