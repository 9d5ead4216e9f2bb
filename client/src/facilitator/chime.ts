import { create } from 'zustand'

const KEY = 'quintet-muted'

function readMuted(): boolean {
  try {
    return localStorage.getItem(KEY) === 'yes'
  } catch {
    return false
  }
}

/** Whether this browser keeps the timer silent. */
export const useMuted = create<{ readonly muted: boolean }>(() => ({ muted: readMuted() }))

/** Silences the timer in this browser, or lets it sound again. */
export function setMuted(muted: boolean): void {
  useMuted.setState({ muted })
  try {
    if (muted) localStorage.setItem(KEY, 'yes')
    else localStorage.removeItem(KEY)
  } catch {
    // Storage is closed in this browser: the choice lasts until the page is left.
  }
}

let audio: AudioContext | undefined

/**
 * Lets the chime sound later: browsers start sound only from a gesture, so the first one of the page opens it.
 * @returns what stops listening for that gesture.
 */
export function listenForGesture(): () => void {
  const open = () => {
    stop()
    if (typeof AudioContext === 'undefined') return
    audio ??= new AudioContext()
    void audio.resume()
  }
  const stop = () => {
    removeEventListener('pointerdown', open)
    removeEventListener('keydown', open)
  }
  addEventListener('pointerdown', open)
  addEventListener('keydown', open)
  return stop
}

/** Two soft notes, a fifth apart: Hz and when each begins, s. */
const NOTES = [
  { pitch: 523.25, at: 0 },
  { pitch: 783.99, at: 0.28 },
] as const
const LOUDEST = 0.12
const SWELL = 0.02
const FADE = 1.6

/** The gentle sound at zero; silent when muted, and before the first gesture on the page. */
export function chime(): void {
  if (audio?.state !== 'running' || useMuted.getState().muted) return
  for (const { pitch, at } of NOTES) {
    const begin = audio.currentTime + at
    const gain = audio.createGain()
    gain.gain.setValueAtTime(0, begin)
    gain.gain.linearRampToValueAtTime(LOUDEST, begin + SWELL)
    gain.gain.exponentialRampToValueAtTime(0.0001, begin + FADE)
    gain.connect(audio.destination)
    const tone = audio.createOscillator()
    tone.frequency.value = pitch
    tone.connect(gain)
    tone.start(begin)
    tone.stop(begin + FADE)
  }
}
