import type { OutcomeId } from '@quintet/shared/board'
import { isGroup } from '@quintet/shared/groups'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import type { ThreadNode } from '@quintet/shared/threadTree'
import { useDisplayNames, useMarks, usePlan, useWords } from '../document/views.ts'
import { ownerName } from '../phases/ownership.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import styles from './ThreadTree.module.css'

/** Every chain of the thread as nested lists: on a wide screen each phase has a column of its own. */
export function ThreadTree({ trees }: { readonly trees: readonly ThreadNode[] }) {
  return (
    <div className={styles.frame}>
      <p className={styles.columns} aria-hidden="true">
        {(['principles', 'ideal', 'gaps', 'actions', 'owners'] as const).map((phase) => (
          <span key={phase} className={`ph-${phase}`}>
            <Icon name={phase} size={14} />
            {PHASES[phase].name}
          </span>
        ))}
      </p>
      <ul className={styles.roots} aria-label="The golden thread">
        {trees.map((node) => (
          <Branch key={node.outcome.id} node={node} root />
        ))}
      </ul>
    </div>
  )
}

/** What is missing under an outcome of a phase. */
const MISSING: Readonly<Partial<Record<PhaseId, { readonly phase: PhaseId; readonly words: string }>>> = {
  ideal: { phase: 'gaps', words: 'No gap' },
  gaps: { phase: 'actions', words: 'No action' },
}

function Branch({ node, root = false }: { readonly node: ThreadNode; readonly root?: boolean }) {
  const { outcome, below, breaks } = node
  const { phase, id } = outcome
  const missing = MISSING[phase]
  const broken = breaks.includes('statement without a gap') || breaks.includes('gap without an action')
  const isTrue = useMarks(id).true === true
  return (
    <li className={classes(styles.branch, styles[phase], root && styles.root)}>
      <Link node={node} />
      {(below.length > 0 || phase === 'actions' || broken || isTrue) && (
        <ul className={styles.below}>
          {below.map((each) => (
            <Branch key={each.outcome.id} node={each} />
          ))}
          {phase === 'actions' && <OwnerOf id={id} />}
          {broken && missing && (
            <li className={classes(styles.branch, styles[missing.phase])}>
              <p className={styles.missing}>
                <Icon name="break" size={14} />
                {missing.words}
              </p>
            </li>
          )}
          {isTrue && below.length === 0 && (
            <li className={classes(styles.branch, styles.gaps)}>
              <p className={styles.quiet}>It is true already</p>
            </li>
          )}
        </ul>
      )}
    </li>
  )
}

const VOICED: readonly PhaseId[] = ['principles', 'ideal']

function Link({ node: { outcome, breaks } }: { readonly node: ThreadNode }) {
  const words = useWords(outcome.id)
  const loose = breaks.includes('gap without a statement') || breaks.includes('action without a gap')
  return (
    <div className={classes(styles.link, `ph-${outcome.phase}`)}>
      {loose && (
        <p className={styles.missing}>
          <Icon name="break" size={14} />
          {outcome.phase === 'gaps' ? 'Under no statement' : 'Under no gap'}
        </p>
      )}
      <p className={classes(styles.words, (VOICED.includes(outcome.phase) || isGroup(outcome)) && 'voice')} dir="auto">
        <span className="sr">{PHASES[outcome.phase].one}: </span>
        {words || 'No words yet'}
      </p>
    </div>
  )
}

function OwnerOf({ id }: { readonly id: OutcomeId }) {
  const { owner } = usePlan(id)
  const names = useDisplayNames()
  const name = owner && (ownerName(owner, names) ?? 'Somebody who left')
  return (
    <li className={classes(styles.branch, styles.owners)}>
      {name ? (
        <p className={styles.owner}>
          <Avatar name={name} />
          <span>
            <span className="sr">Owner: </span>
            {name}
          </span>
        </p>
      ) : (
        <p className={styles.missing}>
          <Icon name="break" size={14} />
          No owner
        </p>
      )}
    </li>
  )
}
