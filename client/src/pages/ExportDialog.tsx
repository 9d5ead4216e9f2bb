import { Dialog } from '../ui/Dialog.tsx'
import { ExportChoices } from './ExportChoices.tsx'

/** The export, from the board's menu. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Export the plan" onClose={onClose}>
      <ExportChoices />
    </Dialog>
  )
}
