import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from './sqlite.ts'
import { storeContract } from './store.contract.ts'

storeContract('the embedded store', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quintet-store-'))
  let store = await openSqliteStore({ folder })
  return {
    store,
    async reopen() {
      await store.close()
      store = await openSqliteStore({ folder })
      return store
    },
    async cleanup() {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
})
