import { type ClipboardEvent, useState } from 'react'
import type { PastedLines } from './ComposerPaper.tsx'
import { judgePaste } from './pasted.ts'

/** What pasting into a composer has come to. */
export interface Pasting {
  readonly offer: PastedLines | null
  readonly refusal: string | null
  readonly onPaste: (event: ClipboardEvent<HTMLTextAreaElement>) => void
  readonly refuse: (reason: string | null) => void
  /** Puts the offer and the refusal away. */
  readonly clear: () => void
}

/** Judges what is pasted into a composer: one line goes in, of several the person is asked, too much is refused. */
export function usePasting(): Pasting {
  const [offer, setOffer] = useState<PastedLines | null>(null)
  const [refusal, refuse] = useState<string | null>(null)
  return {
    offer,
    refusal,
    refuse,
    onPaste: (event) => {
      const { selectionStart, selectionEnd, value } = event.currentTarget
      const pasted = event.clipboardData.getData('text/plain')
      const judged = judgePaste(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd))
      if (judged.kind === 'text') return
      event.preventDefault()
      refuse(judged.kind === 'refused' ? judged.reason : null)
      if (judged.kind === 'lines') setOffer(judged)
    },
    clear: () => {
      setOffer(null)
      refuse(null)
    },
  }
}
