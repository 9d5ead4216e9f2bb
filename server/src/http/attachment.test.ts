import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attachment } from './attachment.ts'

const nameIn = (header: string) => decodeURIComponent(header.slice(header.indexOf("UTF-8''") + 7))

describe('attachment', () => {
  it.each([
    ['How we serve.md', 'How we serve.md'],
    ['Zürich 👩‍💻 (Q3).md', 'Zürich 👩‍💻 (Q3).md'],
    ['../../etc/passwd.md', 'etc passwd.md'],
    ['a"b\r\nSet-Cookie: x.md', 'a b Set-Cookie x.md'],
    ['plan\u202edm.exe.md', 'plan dm.exe.md'],
    ['???.md', 'action-plan.md'],
  ])('saves %j as %j', (typed, name) => expect(nameIn(attachment(typed, 'action-plan.md'))).toBe(name))

  it('is one header of plain ASCII, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const header = attachment(`${typed}.md`, 'action-plan.md')
        expect(header).toMatch(/^attachment; filename="action-plan\.md"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+$/)
        expect(nameIn(header)).toMatch(/^[^\\/:*?"<>|]+\.md$/)
      }),
    )
  })
})
