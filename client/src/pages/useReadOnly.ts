import { useEffect } from 'react'

/** Lets nothing be typed into any field of the page while it is on: what is there can still be selected and copied. */
export function useReadOnly(on: boolean): void {
  useEffect(() => {
    if (!on) return
    const refuse = (event: Event) => event.preventDefault()
    document.addEventListener('beforeinput', refuse, { capture: true })
    return () => document.removeEventListener('beforeinput', refuse, { capture: true })
  }, [on])
}
