import { copyText } from '../ui/copyText.ts'
import { showToast } from '../ui/toasts.ts'

/** Copies somebody's own words, and says whether the browser let it. */
export async function copyWords(text: string): Promise<void> {
  showToast(
    (await copyText(text))
      ? { icon: 'copy', text: 'Copied.' }
      : { icon: 'warning', text: 'This browser did not let it be copied. Mark the words and copy them by hand.' },
  )
}
