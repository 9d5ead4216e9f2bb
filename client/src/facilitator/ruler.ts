/** The timer's ruler as numbers: where its ticks stand, which have passed, and where the needle is. */
export interface RulerDrawing {
  readonly ticks: readonly RulerTick[]
  /** Distance of the needle from the left, px. */
  readonly needle: number
}

/** One line of the ruler. */
export interface RulerTick {
  /** Distance from the left, px. */
  readonly x: number
  readonly long: boolean
  readonly passed: boolean
}

const MINUTE = 60_000

/** How far apart short and long ticks stand, ms; the finest that leaves {@link ROOM} between two short ones is taken. */
const SCALES = [
  { short: MINUTE / 4, long: MINUTE },
  { short: MINUTE, long: 5 * MINUTE },
  { short: 5 * MINUTE, long: 15 * MINUTE },
  { short: 15 * MINUTE, long: 60 * MINUTE },
  { short: 60 * MINUTE, long: 240 * MINUTE },
] as const

/** The least distance between two ticks, px. */
const ROOM = 2.2

/**
 * Draws the ruler of a duration over a width. The needle moves in steps, once a second; past the end it stays there.
 * @param duration ms; a duration of zero is a ruler without ticks.
 * @param secondsLeft whole seconds, negative once over.
 * @param width px.
 */
export function drawRuler(duration: number, secondsLeft: number, width: number): RulerDrawing {
  const passed = Math.min(duration, Math.max(0, duration - secondsLeft * 1000))
  const needle = duration === 0 ? width : place(passed, duration, width)
  if (duration === 0) return { ticks: [], needle }
  const scale = SCALES.find(({ short }) => (width * short) / duration >= ROOM) ?? SCALES[4]
  const count = Math.floor(duration / scale.short)
  const ticks = Array.from({ length: count + 1 }, (_, index) => {
    const at = index * scale.short
    return { x: place(at, duration, width), long: at % scale.long === 0, passed: at < passed }
  })
  return { ticks, needle }
}

const place = (at: number, duration: number, width: number) => Math.round((at / duration) * width * 10) / 10

/** The four kinds of ticks, each as one SVG path of a given height. */
export function tickPath(ticks: readonly RulerTick[], long: boolean, passed: boolean, height: number): string {
  const top = height - (long ? LONG : SHORT)
  return ticks
    .filter((tick) => tick.long === long && tick.passed === passed)
    .map((tick) => `M${tick.x} ${height}V${top}`)
    .join('')
}

/** Heights of ticks, px. */
const LONG = 13
const SHORT = 7
