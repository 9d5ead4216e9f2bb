/** An exported plan without the moment at which it was exported. */
export const sameMoment = (text: string): string => text.replace(/Exported: \S+/, 'Exported: WHEN')

/** An exported plan without what differs from one run of a story to the next. */
export const withoutChance = (text: string): string =>
  sameMoment(text)
    .replace(/(Created|Closed): \d{4}-\d\d-\d\dT\d\d:\d\dZ/g, '$1: WHEN')
    .replaceAll(/`action:[\w-]{16}`/g, '`action:ID`')
