import type { WorkshopId } from '@quintet/shared/ids'
import { useEffect, useState } from 'react'
import { readLeftSessions } from '../session/leftSessions.ts'
import { useSession } from '../session/SessionContext.tsx'
import { unsavedWords } from './unsavedWords.ts'
import { WordsToCopy } from './WordsToCopy.tsx'

interface UnsavedWordsProps {
  /** Outside of a session, the workshop whose door does not open. */
  readonly behind?: WorkshopId
}

/** What somebody wrote and the server does not have, to be copied once they are in the workshop no more. */
export function UnsavedWords({ behind }: UnsavedWordsProps) {
  return behind === undefined ? <WordsOfSession /> : <WordsHere workshop={behind} />
}

function WordsOfSession() {
  const session = useSession()
  const [words] = useState(() => unsavedWords(session))
  return <WordsToCopy words={words} />
}

/** The words of all who sat in this browser, from the copies on this device: who was removed has no other way to theirs. */
function WordsHere({ workshop }: { readonly workshop: WorkshopId }) {
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
