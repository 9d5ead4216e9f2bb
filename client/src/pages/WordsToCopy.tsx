import { useId } from 'react'
import { copyWords } from '../board/copyWords.ts'
import { Button } from '../ui/Button.tsx'
import styles from './WordsToCopy.module.css'

/** Words that the server does not have, each as a piece, to be copied together; nothing where there are none. */
export function WordsToCopy({ words }: { readonly words: readonly string[] }) {
  const titleId = useId()
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
