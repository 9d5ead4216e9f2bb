import { useId } from 'react'
import { classes } from './classes.ts'
import type { GlyphName } from './glyphs.tsx'
import { Icon } from './Icon.tsx'
import styles from './Segmented.module.css'

interface SegmentedProps<Value extends string> {
  /** What is chosen here, for screen readers. */
  readonly label: string
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: GlyphName }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** One of a few, all in sight. Radio buttons underneath: arrow keys work as they do there. */
export function Segmented<Value extends string>({ label, options, value, onChange }: SegmentedProps<Value>) {
  const name = useId()
  return (
    <fieldset className={styles.segmented}>
      <legend className="sr">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={classes(styles.option, option.value === value && styles.on)}>
          <input
            type="radio"
            className="sr"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.icon && <Icon name={option.icon} size={14} />}
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
