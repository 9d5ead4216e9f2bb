import { createContext, type ReactNode, useContext } from 'react'
import { useSession } from '../session/SessionContext.tsx'
import { type DocumentViews, documentViews } from './documentViews.ts'

const Context = createContext<DocumentViews | null>(null)

/** Gives the views of the session's documents to everything inside. Stands inside a SessionProvider. */
export function DocumentProvider({ children }: { readonly children: ReactNode }) {
  return <Context value={documentViews(useSession())}>{children}</Context>
}

/** @throws outside a {@link DocumentProvider}. */
export function useDocument(): DocumentViews {
  const views = useContext(Context)
  if (!views) throw new Error('A hook of the documents is used outside a DocumentProvider.')
  return views
}
