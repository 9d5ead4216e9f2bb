import type { List, ListItem, Paragraph, PhrasingContent, RootContent } from 'mdast'

/** The pieces that the exported Markdown is built of. */
export function heading(text: string): RootContent {
  return { type: 'heading', depth: 2, children: [{ type: 'text', value: text }] }
}

/** An empty text is left out: beside it the serializer would not see that a space stands at the edge of the line. */
export function paragraph(...children: readonly (PhrasingContent | string)[]): Paragraph {
  const nodes = children
    .filter((child) => child !== '')
    .map((child) => (typeof child === 'string' ? { type: 'text' as const, value: child } : child))
  return { type: 'paragraph', children: nodes }
}

export function list(items: readonly ListItem[]): List {
  return { type: 'list', ordered: false, spread: false, children: [...items] }
}

/** @param below items nested under this one. */
export function item(line: Paragraph, below: readonly ListItem[] = []): ListItem {
  return { type: 'listItem', spread: false, children: below.length === 0 ? [line] : [line, list(below)] }
}

/** A task of a task list, ticked when it is done. */
export function task(done: boolean, line: Paragraph, below: readonly ListItem[] = []): ListItem {
  return { ...item(line, below), checked: done }
}

export function field(label: string, value: readonly PhrasingContent[]): ListItem {
  return item(paragraph(`${label}: `, ...value))
}

/** Words of ours that stand where people's words would: in italics, which nobody can type. */
export function own(words: string): PhrasingContent[] {
  return [{ type: 'emphasis', children: [{ type: 'text', value: words }] }]
}

export const NONE = own('none')

/** A number of things: "1 vote", "2 votes". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
