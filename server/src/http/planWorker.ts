import { parentPort } from 'node:worker_threads'
import { type PlanSource, planMarkdown } from '@quintet/shared/export/markdown'

/** Runs in a thread of its own: takes what a plan is made of, gives its Markdown. */
parentPort?.on('message', (source: PlanSource) => parentPort?.postMessage(planMarkdown(source)))
