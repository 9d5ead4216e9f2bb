import { useState } from 'react'
import { useSession } from '../session/SessionContext.tsx'
import { unsavedWords } from './unsavedWords.ts'
import { WordsToCopy } from './WordsToCopy.tsx'

/** What somebody wrote and the server does not have, to be copied once they are in the workshop no more. */
export function UnsavedWords() {
  const session = useSession()
  const [words] = useState(() => unsavedWords(session))
  return <WordsToCopy words={words} />
}
