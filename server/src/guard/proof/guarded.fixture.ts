import type { PersonId } from '@quintet/shared/ids'
import { Clients } from '../clients.ts'
import { Guard, type Judgement } from '../guard.ts'
import { EARLIER } from './beginnings.fixture.ts'
import { stageFor } from './policy.fixture.ts'
import type { JudgingOf, Sent } from './scene.fixture.ts'

/** A resynchronisation is judged in parts. */
function examined(guard: Guard, sent: Sent): Judgement {
  const examination = guard.examine(sent)
  while (!examination.step());
  return examination.judge()
}

/** The guard as a room uses it. */
export const theGuard: JudgingOf = ({ document, doc, facts, now }) => {
  // People come back with ids under which they wrote before, and these stand in the document.
  const owner = document === 'notebook' ? 'tomasz' : document === 'desk' ? 'maren' : undefined
  const clients = new Clients(EARLIER.map(([{ person }, client]) => [client, (owner ?? person) as PersonId]))
  clients.reserve(doc.clientID)
  const guard = new Guard({ document, doc, clients, stage: () => stageFor(facts()), now })
  return {
    judge: (sent) => {
      const judgement = sent.kind === 'live' ? guard.judge(sent) : examined(guard, sent)
      if (judgement.is !== 'refused') return judgement
      const { code, path } = judgement.refusal
      return { is: 'refused', code, path, fault: judgement.fault }
    },
    bind: (client, person) => {
      const binding = clients.bind(client, person, now(), false)
      if (binding !== 'bound') throw new Error(`Client ${client} is ${binding}`)
    },
  }
}
