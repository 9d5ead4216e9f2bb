import type { ComponentProps } from 'react'
import styles from './Button.module.css'
import { classes } from './classes.ts'
import { type Refusable, refusable } from './refusal.ts'

/** `primary` is the one of its view or row; `second` has a border; `ghost` is quiet; `danger` takes something away. */
export type ButtonKind = 'primary' | 'second' | 'ghost' | 'danger'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'>, Refusable {
  readonly kind?: ButtonKind
  readonly size?: 'sm' | 'md' | 'lg'
}

/** A button with words: a verb and its object. */
export function Button({
  kind = 'second',
  size = 'md',
  reason,
  onClick,
  className,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      {...refusable(reason, onClick)}
      className={classes(styles.button, styles[kind], styles[size], className)}
    />
  )
}
