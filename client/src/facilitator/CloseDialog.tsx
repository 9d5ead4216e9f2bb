import { THREAD_BREAKS, type ThreadBreak } from '@quintet/shared/thread'
import { useWords } from '../document/views.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import styles from './CloseDialog.module.css'

interface CloseDialogProps {
  /** Where the thread is broken: at least one place. */
  readonly breaks: readonly ThreadBreak[]
  readonly onClose: () => void
  readonly onCloseAnyway: () => void
}

type Kind = ThreadBreak['kind']

/** How many places of a kind are named; the rest is a number. */
const NAMED = 4

/** What each kind of break is called, for one place and for several. */
const KINDS: Readonly<Record<Kind, readonly [one: string, several: string]>> = {
  'statement without a gap': ['statement has no gap', 'statements have no gap'],
  'gap without a statement': ['gap hangs under no statement', 'gaps hang under no statement'],
  'gap without an action': ['gap has no action', 'gaps have no action'],
  'action without a gap': ['action closes no gap', 'actions close no gap'],
  'action without an owner': ['action has no owner', 'actions have no owner'],
}

/** Asks before a workshop is closed while its thread is broken: a checklist, what has no owner first. It never blocks. */
export function CloseDialog({ breaks, onClose, onCloseAnyway }: CloseDialogProps) {
  const unowned = breaks.filter(({ kind }) => kind === 'action without an owner').length
  const places = `${breaks.length} ${breaks.length === 1 ? 'place' : 'places'}`
  return (
    <Dialog
      title={
        unowned > 0
          ? `Close with ${unowned} ${unowned === 1 ? 'action' : 'actions'} unowned?`
          : `Close with the thread broken in ${places}?`
      }
      onClose={onClose}
      footer={
        <>
          <Button kind="ghost" onClick={onCloseAnyway}>
            Close anyway
          </Button>
          <Button kind="primary" data-focus onClick={onClose}>
            {unowned > 0 ? 'Find owners' : 'Keep it open'}
          </Button>
        </>
      }
    >
      <p className={styles.text}>
        {unowned > 0
          ? 'What has no owner stays in the plan, marked as open. Anyone can claim it later from the same link.'
          : 'It all stays in the plan as it is, and a facilitator can reopen the workshop.'}
      </p>
      <dl className={styles.breaks}>
        {[...THREAD_BREAKS].reverse().map((kind) => (
          <Kinds key={kind} kind={kind} breaks={breaks.filter((each) => each.kind === kind)} />
        ))}
      </dl>
    </Dialog>
  )
}

function Kinds({ kind, breaks }: { readonly kind: Kind; readonly breaks: readonly ThreadBreak[] }) {
  const [one, several] = KINDS[kind]
  const rest = breaks.length - NAMED
  if (breaks.length === 0) return null
  return (
    <div className={styles.kind}>
      <dt>
        {breaks.length} {breaks.length === 1 ? one : several}
      </dt>
      {breaks.slice(0, NAMED).map(({ outcome }) => (
        <Place key={outcome.id} id={outcome.id} />
      ))}
      {rest > 0 && <dd>{rest} more</dd>}
    </div>
  )
}

function Place({ id }: { readonly id: ThreadBreak['outcome']['id'] }) {
  const words = useWords(id)
  return <dd>{words.trim() === '' ? 'Without words' : words}</dd>
}
