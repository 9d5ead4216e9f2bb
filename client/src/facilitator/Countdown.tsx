import type { Countdown as CountdownView } from '@quintet/shared/stage'
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { useCountdown, useCountdownSeconds } from '../document/countdown.ts'
import { useDisplayName, useStage } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import styles from './Countdown.module.css'
import { once } from './clicks.ts'
import { countdownWords } from './countdownWords.ts'
import { useCommand, useWhyNot } from './useCommand.ts'

/** Counts down to a reveal or to the close of a vote, over everything, on every screen; nothing while none runs. */
export function Countdown({ size = 'board' }: Pick<CountingProps, 'size'>) {
  const countdown = useCountdown()
  return countdown && <Counting key={countdown.endsAt} countdown={countdown} size={size} />
}

interface CountingProps {
  readonly countdown: CountdownView
  /** `screen`: on the projector, to be read from afar. */
  readonly size?: 'board' | 'screen'
}

/** Only facilitators have something to press in it. For everyone else it is seen through and clicked through. */
function Counting({ countdown, size }: CountingProps) {
  const { me } = useSession()
  const leads = useStage(({ people }) => me.role !== 'observer' && people.get(me.id)?.role === 'facilitator')
  const by = useDisplayName(countdown.by)
  const seconds = useCountdownSeconds() ?? 0
  const titleId = useId()
  const textId = useId()
  // Words that are being written stay in sight.
  const [writing] = useState(isWriting)
  const { doing, now, told, text } = countdownWords(countdown.does, by)
  const title = (
    <p className={classes('voice', styles.title)} aria-hidden="true">
      {seconds > 0 ? (
        <>
          {doing} <span className={styles.digit}>{seconds}</span>
        </>
      ) : (
        now
      )}
    </p>
  )
  const layer = classes(styles.layer, writing && styles.low, size === 'screen' && styles.screen)
  if (!leads)
    return (
      <div className={layer} role="status">
        <div className={styles.card}>
          {title}
          <p className="sr">{told}</p>
          <p className={styles.text}>{text}</p>
        </div>
      </div>
    )
  return (
    <div className={layer}>
      <div
        className={classes(styles.card, styles.leads)}
        role="alertdialog"
        aria-labelledby={titleId}
        aria-describedby={textId}
      >
        {title}
        <p id={titleId} className="sr">
          {told}
        </p>
        <p id={textId} className={styles.text}>
          {text}
        </p>
        <StopButton countdown={countdown} takesFocus={!writing} />
      </div>
    </div>
  )
}

function StopButton({ countdown, takesFocus }: { readonly countdown: CountdownView; readonly takesFocus: boolean }) {
  const button = useRef<HTMLButtonElement>(null)
  const command = useCommand()
  const reason = useWhyNot()
  const stop = () => void command({ name: 'stop countdown', countdown: countdown.endsAt })
  const press = once(stop)

  useLayoutEffect(() => {
    const element = button.current
    if (!takesFocus || !element) return
    const before = document.activeElement
    element.focus({ preventScroll: true })
    return () => {
      if (document.activeElement === element && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [takesFocus])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') stop()
    else press.onKeyDown(event)
  }
  return (
    <Button ref={button} kind="second" size="lg" reason={reason} onClick={press.onClick} onKeyDown={onKeyDown}>
      Stop
    </Button>
  )
}

/** Whether somebody writes in a field now, who is to be left alone. */
function isWriting(): boolean {
  return document.activeElement?.matches('textarea, input:not([type="button"], [type="checkbox"])') ?? false
}
