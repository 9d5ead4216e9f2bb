import styles from './Avatar.module.css'
import { classes } from './classes.ts'
import { Icon } from './Icon.tsx'

interface AvatarProps {
  readonly name: string
  readonly size?: 'sm' | 'md' | 'lg'
  /** Not here now. */
  readonly away?: boolean
  /** Done with this step. */
  readonly done?: boolean
}

/** The first letter of a name as people read it: a whole grapheme, in upper case. */
function letter(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim())
  return first?.segment.toLocaleUpperCase() ?? '?'
}

/** A person, in ink: hue is the phases' alone. The name stands beside it or in its tooltip. */
export function Avatar({ name, size = 'md', away = false, done = false }: AvatarProps) {
  return (
    <span className={classes(styles.avatar, styles[size], away && styles.away)} title={name} aria-hidden="true">
      {letter(name)}
      {done && (
        <span className={styles.tick}>
          <Icon name="check" size={12} />
        </span>
      )}
    </span>
  )
}

interface AvatarStackProps {
  readonly names: readonly string[]
  /** How many show before the rest becomes a number. */
  readonly most?: number
  /** What the stack says, such as "9 people here". */
  readonly label: string
}

/** Several people, overlapping; the rest as a number. */
export function AvatarStack({ names, most = 5, label }: AvatarStackProps) {
  const shown = names.length > most ? names.slice(0, most - 1) : names
  const rest = names.length - shown.length
  return (
    <span className={styles.stack} role="img" aria-label={label}>
      {shown.map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names repeat, and an avatar holds no state.
        <Avatar key={index} name={name} />
      ))}
      {rest > 0 && <span className={classes(styles.avatar, styles.md, 'num')}>+{rest}</span>}
    </span>
  )
}
