import { useId, useState } from 'react'
import { copyWords } from '../board/copyWords.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './EndPage.module.css'
import { unsavedWords } from './unsavedWords.ts'

/** What somebody wrote and the server does not have, to be copied once they are in the workshop no more. */
export function UnsavedWords() {
  const session = useSession()
  const titleId = useId()
  const [words] = useState(() => unsavedWords(session))
  if (words.length === 0) return null
  return (
    <section className={styles.unsaved} aria-labelledby={titleId}>
      <h2 id={titleId}>What you wrote, and was not saved</h2>
      <ul className={styles.words}>
        {words.map((each) => (
          <li key={each} dir="auto">
            {each}
          </li>
        ))}
      </ul>
      <Button onClick={() => void copyWords(words.join('\n\n'))}>Copy</Button>
    </section>
  )
}
