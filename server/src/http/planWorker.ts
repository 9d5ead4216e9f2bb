import { type MessagePort, parentPort } from 'node:worker_threads'
import { type PlanSource, planMarkdown } from '@quintet/shared/export/markdown'

/** What a plan is made of, and where its Markdown goes. */
export interface PlanRequest {
  readonly source: PlanSource
  readonly answer: MessagePort
}

/** Runs in a thread of its own. */
parentPort?.on('message', ({ source, answer }: PlanRequest) => answer.postMessage(planMarkdown(source)))
