import { currentStep, type StageView } from '@quintet/shared/stage'

/** Whether the group is in a step in which each works alone, so that others see numbers and one says that one is done. */
export function worksAlone(stage: StageView): boolean {
  const { kind } = currentStep(stage)
  return stage.state === 'running' && (kind === 'write' || kind === 'vote')
}
