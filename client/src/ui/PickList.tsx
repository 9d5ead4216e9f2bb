import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { classes } from './classes.ts'
import type { GlyphName } from './glyphs.tsx'
import { Icon } from './Icon.tsx'
import { matching } from './matching.ts'
import styles from './PickList.module.css'
import { Popover } from './Popover.tsx'

/** One of the things to pick from. */
export interface PickOption<Id extends string = string> {
  readonly id: Id
  /** What typing is compared with, and what a screen reader says. */
  readonly label: string
  /** What stands before the label, such as an avatar. */
  readonly before?: ReactNode
  /** What stands after it, quietly. */
  readonly detail?: string
  /** A sentence somebody said: shown in the voice face, over several lines. */
  readonly voice?: boolean
  /** The one that is picked already. */
  readonly checked?: boolean
}

/** What can be done with words that are in no option, at the list's end. */
export interface PickExtra {
  readonly icon: GlyphName
  /** @param typed what stands in the field, trimmed; empty before anything is typed. */
  readonly label: (typed: string) => string
  /** The field's placeholder once the extra was chosen with nothing typed. Without it, it runs at once. */
  readonly ask?: string
  readonly run: (typed: string) => void
}

interface PickListProps<Id extends string> {
  readonly label: string
  readonly anchor: HTMLElement
  readonly options: readonly PickOption<Id>[]
  readonly placeholder: string
  /** What stands there when nothing fits what was typed. */
  readonly none: string
  readonly extra?: PickExtra
  /** Longest text that may be typed, UTF-16 units. */
  readonly most?: number
  readonly align?: 'start' | 'end'
  readonly onPick: (id: Id) => void
  readonly onClose: () => void
}

/** A list that can be typed into: a combobox with its options in sight. */
export function PickList<Id extends string>(props: PickListProps<Id>) {
  const { label, anchor, options, placeholder, none, extra, most, align = 'start', onPick, onClose } = props
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const [text, setText] = useState('')
  const [asking, setAsking] = useState(false)
  const [wanted, setWanted] = useState(0)
  const typed = text.trim()
  const shown = asking ? [] : matching(options, typed)
  const count = shown.length + (extra ? 1 : 0)
  const at = Math.min(wanted, count - 1)
  const optionId = (index: number) => `${id}-${index}`

  useLayoutEffect(() => input.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(`${id}-${at}`)}`)?.scrollIntoView?.({ block: 'nearest' })
  }, [at, id])

  const choose = (index: number) => {
    const option = shown[index]
    if (option) {
      onClose()
      onPick(option.id)
    } else if (extra && index === shown.length) {
      if (typed === '' && extra.ask !== undefined) {
        setAsking(true)
        input.current?.focus()
      } else {
        onClose()
        extra.run(typed)
      }
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends an input method's composition chooses a word there, not an option here.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setWanted(count === 0 ? 0 : (at + 1) % count)
    else if (event.key === 'ArrowUp') setWanted(count === 0 ? 0 : (at - 1 + count) % count)
    else if (event.key === 'Enter') choose(at)
    else if (event.key === 'Tab') onClose()
    else return
    event.preventDefault()
  }

  const row = (index: number) => ({
    id: optionId(index),
    role: 'option',
    tabIndex: -1,
    'aria-selected': index === at,
    onClick: () => choose(index),
    onPointerMove: () => setWanted(index),
  })

  return (
    <Popover
      anchor={anchor}
      align={align}
      onClose={onClose}
      className={styles.popover}
      role="dialog"
      aria-label={label}
    >
      <input
        ref={input}
        className={styles.field}
        role="combobox"
        aria-label={asking ? extra?.ask : label}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={id}
        aria-activedescendant={count > 0 ? optionId(at) : undefined}
        placeholder={asking ? extra?.ask : placeholder}
        value={text}
        maxLength={most}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value)
          setWanted(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={id} role="listbox" aria-label={label} className={styles.list}>
        {shown.map((option, index) => (
          <div key={option.id} {...row(index)} className={classes(styles.option, index === at && styles.on)}>
            {option.before}
            <span className={classes(styles.label, option.voice && styles.voice)}>{option.label}</span>
            {option.detail !== undefined && <span className={styles.detail}>{option.detail}</span>}
            {option.checked && <Icon name="check" size={14} />}
          </div>
        ))}
        {extra && (
          <div
            {...row(shown.length)}
            className={classes(styles.option, shown.length > 0 && styles.extra, at === shown.length && styles.on)}
          >
            <Icon name={extra.icon} className={styles.icon} />
            <span className={styles.label}>{extra.label(typed)}</span>
          </div>
        )}
      </div>
      {shown.length === 0 && !asking && <p className={styles.none}>{none}</p>}
    </Popover>
  )
}
