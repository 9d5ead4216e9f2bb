import { currentStep, roundOf, type StageView } from '@quintet/shared/stage'

/** Whether the group is in a step in which each works alone, so that others see numbers and one says that one is done. */
export function worksAlone(stage: StageView): boolean {
  const { kind } = currentStep(stage)
  if (stage.state !== 'running') return false
  return kind === 'write' || (kind === 'vote' && roundOf(stage, stage.at)?.state === 'open')
}
