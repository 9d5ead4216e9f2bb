import { expect, it } from 'vitest'

/** The sources of the page, by their paths from this folder. */
const SOURCES = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })

/** What is fetched by itself while the network is there, or wanted only when it is. */
const ELSEWHERE = [
  // By the room and the session, each ahead of its time.
  /^pages\/partsAhead\.ts$/,
  /^session\/(noEffect|takingBack|renewal|copies)\.ts$/,
  // On pages that a workshop does not lead to.
  /^pages\/(ScreenPage|OpenLinkDialog)\.tsx$/,
  /^ui\/QrCode\.tsx$/,
]

/** What a source imports when it is wanted, by its path from the folder of all. */
function lazilyWanted(path: string, source: string): readonly string[] {
  const folder = new URL(path, 'file:///src/pages/')
  return [...source.matchAll(/import\('([^']+)'\)/g)].map(([, to = '']) =>
    new URL(to, folder).pathname.replace('/src/', ''),
  )
}

it('names every part that is loaded when it is first wanted', () => {
  const isTest = (path: string) => /\.(test|fixture)\.tsx?$/.test(path)
  const own = './partsAhead.ts'
  const ahead = new Set(lazilyWanted(own, SOURCES[own] ?? ''))
  const wanted = Object.entries(SOURCES).flatMap(([path, source]) =>
    path === own || isTest(path) ? [] : lazilyWanted(path, source),
  )
  expect(wanted.length).toBeGreaterThan(30)
  const forgotten = wanted.filter((part) => !ahead.has(part) && !ELSEWHERE.some((pattern) => pattern.test(part)))
  expect(forgotten).toEqual([])
})
