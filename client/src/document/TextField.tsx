import { type TextTarget, targetText } from '@quintet/shared/edits'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import type * as Y from 'yjs'
import type { StoreApi } from 'zustand'
import { useSession } from '../session/SessionContext.tsx'
import { useDocument } from './DocumentProvider.tsx'
import type { DocumentViews } from './documentViews.ts'
import styles from './TextField.module.css'
import { bindText } from './textBinding.ts'
import { useReadiness } from './useReadiness.ts'

interface TextFieldProps {
  /** The text that it writes into. */
  readonly target: TextTarget
  /** Where typing stops, UTF-16 units. */
  readonly most: number
  /** Its name for those who do not see where it stands. */
  readonly label: string
  readonly className?: string | undefined
  /** Whether Shift and Enter make a line. Enter alone ends the writing everywhere, as it does where notes are added. */
  readonly multiline?: boolean
  /**
   * The writing ended, once each time: by Enter, by Escape where nobody else takes it, or because the focus went elsewhere.
   * @param byKey whether it ended by a key, so that focus may go back to where the field stood.
   */
  readonly onDone?: ((byKey: boolean) => void) | undefined
  /** Takes Escape for itself; the words stay as typed, and the writing goes on until the focus leaves. */
  readonly onEscape?: (() => void) | undefined
  /** Something typed or pasted did not fit and was left out. */
  readonly onLimit?: (() => void) | undefined
  readonly autoFocus?: boolean
  readonly placeholder?: string | undefined
  readonly readOnly?: boolean
}

const GROWS = typeof CSS !== 'undefined' && CSS.supports?.('field-sizing', 'content')

/**
 * A field that grows with a shared text, and tells others that one writes in it. Of a draft nobody is told, and it is not
 * ready while one changes it.
 */
export function TextField(props: TextFieldProps) {
  const { target, most, label, className, multiline = false, autoFocus = false, placeholder, readOnly = false } = props
  const { onDone, onEscape, onLimit } = props
  const element = useRef<HTMLTextAreaElement>(null)
  const session = useSession()
  const text = useText(target)
  const fixed = readOnly || text === undefined || session.me.role === 'observer'
  // The binding outlives a render, and calls whatever was handed over last.
  const limit = useRef(onLimit)
  const byKey = useRef(false)
  const focused = useRef(false)
  const { onWrite, onLeave } = useReadiness(target)
  useEffect(() => {
    limit.current = onLimit
  })

  useLayoutEffect(() => {
    const field = element.current
    if (!field || !text) return
    const grow = () => growToWords(field)
    const onLimit = () => limit.current?.()
    const unbind = bindText(field, text, { most, oneLine: !multiline, onLimit, onChange: grow, onWrite })
    grow()
    return unbind
  }, [text, most, multiline, onWrite])

  useLayoutEffect(() => {
    const field = element.current
    if (!autoFocus || !field) return
    field.focus()
    field.setSelectionRange(field.value.length, field.value.length)
  }, [autoFocus])

  const id = target.id
  const field = target.of === 'plan' ? target.field : 'text'
  // Nobody is told of a draft, not even that one writes it.
  const tells = target.of !== 'draft' && !fixed
  // A field that goes away with the focus in it hears of no blur.
  useEffect(
    () => () => {
      if (focused.current && tells) session.editing(null)
    },
    [session, tells],
  )

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && onEscape) {
      event.preventDefault()
      onEscape()
      return
    }
    const ends = event.key === 'Escape' || (event.key === 'Enter' && !(multiline && event.shiftKey))
    if (!ends) return
    event.preventDefault()
    byKey.current = true
    element.current?.blur()
  }

  return (
    <textarea
      ref={element}
      rows={1}
      dir="auto"
      aria-label={label}
      className={[styles.field, multiline ? styles.multiline : '', className ?? ''].filter(Boolean).join(' ')}
      placeholder={placeholder}
      readOnly={fixed}
      onKeyDown={onKeyDown}
      onFocus={() => {
        byKey.current = false
        focused.current = true
        if (tells) session.editing({ id, field })
      }}
      onBlur={() => {
        // Somebody who looks into another window comes back to where they wrote.
        if (document.activeElement === element.current) return
        focused.current = false
        if (tells) session.editing(null)
        onLeave()
        onDone?.(byKey.current)
      }}
    />
  )
}

/** The shared text of a target; undefined while there is none. It changes only when another text takes its place. */
function useText(target: TextTarget): Y.Text | undefined {
  const { docs } = useSession()
  const { subscribe } = cellOf(target, useDocument())
  const doc = target.of === 'draft' ? docs.notebook : docs.board
  return useSyncExternalStore(subscribe, () => doc && targetText(doc, target))
}

function cellOf(target: TextTarget, { board, notebook }: DocumentViews): Pick<StoreApi<unknown>, 'subscribe'> {
  switch (target.of) {
    case 'note':
      return board.notes.at(target.id)
    case 'draft':
      return notebook.drafts.at(target.id)
    case 'group':
      return board.groups.at(target.id)
    case 'plan':
      return board.plans.at(target.id)
  }
}

/** Makes a field as high as its words, where the browser does not do so by itself. */
function growToWords(field: HTMLTextAreaElement): void {
  if (GROWS) return
  field.style.blockSize = 'auto'
  field.style.blockSize = `${field.scrollHeight}px`
}
