import { showToast } from '../ui/toasts.ts'

const number = new Intl.NumberFormat('en')

/** Says why a field takes no more, and that nothing is lost. @param most UTF-16 units that it holds. */
export function sayFull(most: number): void {
  showToast({ text: `This holds ${number.format(most)} characters and is full. What stands here is safe.` })
}
