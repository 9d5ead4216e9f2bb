import styles from './Ruler.module.css'
import { drawRuler, tickPath } from './ruler.ts'

interface RulerProps {
  /** Ms. */
  readonly duration: number
  /** Whole seconds, negative once over. */
  readonly secondsLeft: number
  /** Px. */
  readonly width: number
  readonly height?: number
}

/** A ruler of the step's minutes with a needle at now. Decoration: the digits beside it say the same. */
export function Ruler({ duration, secondsLeft, width, height = 26 }: RulerProps) {
  const { ticks, needle } = drawRuler(duration, secondsLeft, width)
  const head = 3
  return (
    <svg className={styles.ruler} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path className={styles.passed} d={tickPath(ticks, false, true, height)} />
      <path className={styles.passed} d={tickPath(ticks, true, true, height)} />
      <path className={styles.left} d={tickPath(ticks, false, false, height)} />
      <path className={styles.left} d={tickPath(ticks, true, false, height)} />
      <path className={styles.needle} d={`M${needle} ${height}V${head + 1}`} />
      <circle className={styles.head} cx={needle} cy={head} r={head} />
    </svg>
  )
}
