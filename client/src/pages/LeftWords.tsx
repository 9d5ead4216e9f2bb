import type { WorkshopId } from '@quintet/shared/ids'
import { useEffect, useState } from 'react'
import { readLeftSessions } from '../session/leftSessions.ts'
import { unsavedWords } from './unsavedWords.ts'
import { WordsToCopy } from './WordsToCopy.tsx'

/**
 * At a door that does not open: what those who sat in this browser wrote and the server does not have, from the copies
 * on this device. Somebody who was removed has no other way to it.
 */
export function LeftWords({ workshop }: { readonly workshop: WorkshopId }) {
  const [words, setWords] = useState<readonly string[]>([])
  useEffect(() => {
    let left = false
    void wordsHere(workshop).then((found) => {
      if (!left) setWords(found)
    })
    return () => {
      left = true
    }
  }, [workshop])
  return <WordsToCopy words={words} />
}

/** Each once; none where the browser keeps nothing. */
async function wordsHere(workshop: WorkshopId): Promise<readonly string[]> {
  try {
    return [...new Set((await readLeftSessions(workshop)).flatMap(unsavedWords))]
  } catch {
    return []
  }
}
