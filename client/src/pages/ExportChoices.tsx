import { useRef, useState } from 'react'
import { ApiError, planMarkdown } from '../api.ts'
import { useStage } from '../document/views.ts'
import { curlLine, linkAt } from '../facilitator/invitation.ts'
import { useLinks } from '../facilitator/useLinks.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { CopyLine } from '../ui/CopyLine.tsx'
import { copyText } from '../ui/copyText.ts'
import { Icon } from '../ui/Icon.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { showToast } from '../ui/toasts.ts'
import { downloadText } from './downloadText.ts'
import styles from './ExportChoices.module.css'
import { fileName } from './fileName.ts'

/** The ways to take the plan along: copied, as a file, or by a script's command. */
export function ExportChoices() {
  const { workshop, me } = useSession()
  const title = useStage((stage) => stage.title)
  const leads = me.role === 'facilitator'
  const [uncopied, setUncopied] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)

  const withMarkdown = async (use: (text: string) => Promise<void> | void) => {
    try {
      await use(await planMarkdown(workshop))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      showToast({ text: error.message, icon: 'warning' })
    }
  }

  const copy = async (text: string) => {
    if (await copyText(text)) showToast({ text: 'Markdown copied', icon: 'copy' })
    else setUncopied(text)
  }

  const download = (text: string) => downloadText(fileName(title), text)

  return (
    <div className={styles.choices}>
      <div className={styles.row}>
        <Icon name="doc" className={styles.icon} />
        <span className={styles.words}>
          <span className={styles.name}>Markdown</span>
          <span className={styles.hint}>Pastes into an issue, a wiki or a repository</span>
        </span>
        <Button size="sm" data-focus aria-label="Copy Markdown" onClick={() => void withMarkdown(copy)}>
          Copy
        </Button>
        <IconButton icon="download" label="Download Markdown" onClick={() => void withMarkdown(download)} />
      </div>
      {uncopied !== null && (
        <div className={styles.uncopied}>
          <p>This browser does not let a page copy. The text is selected: copy it with your keyboard or its menu.</p>
          <textarea
            ref={field}
            readOnly
            rows={6}
            value={uncopied}
            aria-label="The plan as Markdown"
            // biome-ignore lint/a11y/noAutofocus: it was asked for with a click, and its selection is the point.
            autoFocus
            onFocus={(event) => event.currentTarget.select()}
          />
        </div>
      )}
      {leads && <ScriptLine />}
    </div>
  )
}

function ScriptLine() {
  const { workshop } = useSession()
  const { links } = useLinks(workshop)
  if (links.at !== 'known') return null
  const origin = links.origins.includes(location.origin)
    ? location.origin
    : (links.origins[0] ?? new URL(links.links.observer).origin)
  return (
    <div className={styles.script}>
      <CopyLine
        label="For scripts"
        text={curlLine(origin, workshop, linkAt(origin, links.links.observer))}
        hint="Whoever has this line can read the plan and watch the workshop."
      />
    </div>
  )
}
