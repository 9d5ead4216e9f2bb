import { targetText } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useRef } from 'react'
import type * as Y from 'yjs'
import { useDraft } from '../document/ownDrafts.ts'
import { bindText } from '../document/textBinding.ts'
import { useReadiness } from '../document/useReadiness.ts'
import { useStepKind } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { announce } from '../ui/announcements.ts'
import { ComposerPaper, FIELD, HINT } from './ComposerPaper.tsx'
import { sayFull } from './fullField.ts'
import { leaveWriting } from './interrupted.ts'
import { UnderChoice } from './UnderChoice.tsx'
import type { Composed } from './useComposed.ts'
import { useDraftActions } from './useDraftActions.ts'
import { usePasting } from './usePasting.ts'
import { counted, withArticle } from './words.ts'

interface DraftComposerProps {
  readonly phase: PhaseId
  /** The draft that is being composed. */
  readonly composed: Composed
  readonly field: RefObject<HTMLTextAreaElement | null>
}

/**
 * Where drafts are written. What stands in it is a draft of one's notebook that is not ready: every key lands there, so
 * that neither a reload nor a move costs a word. Adding it, or leaving the composer with words in it, makes it ready.
 */
export function DraftComposer({ phase, composed, field }: DraftComposerProps) {
  const { notebook } = useSession().docs
  const actions = useDraftActions()
  const messageId = useId()
  const { offer, refusal, refuse, ...pasting } = usePasting()
  const { id } = composed
  const draft = useDraft(id ?? NO_DRAFT)
  const text = draft?.text ?? ''
  const { one, many, under: asks } = PHASES[phase]
  const within = useRef(false)
  // The group may have gone on while the next view is still to come: then only asking for it makes a draft ready.
  const isWriting = useStepKind(phase) === 'write'

  const { onWrite } = useReadiness({ of: 'draft', id: id ?? NO_DRAFT })
  useBoundText(field, (id && notebook && targetText(notebook, { of: 'draft', id })) || undefined, onWrite)
  useInterruption(field, id)
  // What is composed may be finished on another of one's devices: the next keys have to land somewhere.
  useEffect(() => {
    if (within.current && id === null) composed.begin()
  }, [id, composed])

  const added = (words: readonly string[]) =>
    announce(words.length === 1 ? `Draft added: ${words[0]}` : `Added ${counted(words.length, one, many)} as drafts.`)

  const add = () => {
    if (id && text.trim() !== '') {
      if (isWriting) actions.finish(id)
      added([text.trim()])
      composed.begin()
    }
    refuse(null)
    field.current?.focus()
  }
  const addLines = (lines: readonly string[]) => {
    actions.add(phase, lines, draft?.under ?? null)
    if (id) actions.write(id, '')
    added(lines)
    pasting.clear()
    field.current?.focus()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends an input method's composition chooses a word there.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      if (offer) addLines(offer.lines)
      else add()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (offer) pasting.clear()
      else field.current?.blur()
    }
  }

  const onFocus = () => {
    within.current = true
    if (id) composed.hold(id)
    else composed.begin()
  }
  const onBlur = (event: FocusEvent<HTMLFormElement>) => {
    if (staysWithin(event)) return
    within.current = false
    if (isWriting && id && text.trim() !== '') actions.finish(id)
    composed.hold(null)
  }

  return (
    <ComposerPaper
      phase={phase}
      shape="large"
      text={text}
      refusal={refusal}
      messageId={messageId}
      offer={offer}
      onLines={addLines}
      onWhole={(whole) => {
        actions.write(id ?? composed.begin(), whole)
        pasting.clear()
        field.current?.focus()
      }}
      onCancel={() => {
        pasting.clear()
        field.current?.focus()
      }}
      start={
        asks ? (
          <UnderChoice
            phase={asks}
            under={draft ? draft.under : composed.under}
            onPick={(under) => actions.hang(id ?? composed.begin(), under)}
          />
        ) : (
          <span className={HINT}>One thought per note</span>
        )
      }
      onAdd={add}
      onFocus={onFocus}
      onBlur={onBlur}
    >
      <textarea
        ref={field}
        className={FIELD}
        aria-label={`New ${one}`}
        aria-describedby={refusal === null ? undefined : messageId}
        placeholder={`Write ${withArticle(one)}`}
        rows={1}
        dir="auto"
        onInput={() => refuse(null)}
        onPaste={pasting.onPaste}
        onKeyDown={onKeyDown}
      />
    </ComposerPaper>
  )
}

/** An id that no draft has. */
const NO_DRAFT = '' as NoteId

/** Whether focus stays in the composer: in its form, in the list that it opened, or here while the window is left. */
function staysWithin({ currentTarget, relatedTarget, target }: FocusEvent<HTMLFormElement>): boolean {
  if (relatedTarget instanceof Element)
    return currentTarget.contains(relatedTarget) || relatedTarget.closest('[popover]') !== null
  return document.activeElement === target
}

function useBoundText(
  field: RefObject<HTMLTextAreaElement | null>,
  text: Y.Text | undefined,
  onWrite: () => void,
): void {
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    if (text) return bindText(element, text, { most: LIMITS.note, onLimit: () => sayFull(LIMITS.note), onWrite })
    element.value = ''
  }, [field, text, onWrite])
}

/** Remembers where one was writing when the composer goes, so that the next view goes on there. */
function useInterruption(field: RefObject<HTMLTextAreaElement | null>, id: NoteId | null): void {
  const now = useRef(id)
  useLayoutEffect(() => {
    now.current = id
  }, [id])
  useLayoutEffect(() => {
    const element = field.current
    return () => {
      if (now.current && document.activeElement === element) leaveWriting(now.current)
    }
  }, [field])
}
