import type { MenuEntry } from '../ui/Menu.tsx'
import { setMuted, useMuted } from './chime.ts'

/** The entry of a menu that keeps the timer silent, or lets it sound. */
export function useSoundEntry(): MenuEntry {
  const muted = useMuted((sound) => sound.muted)
  return {
    label: muted ? 'Let the timer sound at its end' : 'Keep the timer silent',
    icon: 'clock',
    run: () => setMuted(!muted),
  }
}
