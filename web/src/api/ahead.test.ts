import { afterEach, expect, it, vi } from 'vitest'
import { askAhead, firstMeta, firstSession } from './ahead'

afterEach(() => vi.unstubAllGlobals())

it('gives each answer that was asked for ahead once, and asks anew after that', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url)
    return Promise.resolve(Response.json({ name: `answer ${asked.length}` }))
  })
  askAhead()
  const signal = new AbortController().signal
  const answers = [await firstSession(), await firstMeta(signal)]
  expect(asked).toEqual(['/api/v1/session', '/api/v1/meta'])
  answers.push(await firstMeta(signal), await firstSession())
  expect(answers.map((a) => a.name)).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 4'])
})

it('leaves a failure to whoever takes the answer', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ detail: 'down' }, { status: 503 })))
  askAhead()
  await expect(firstMeta(new AbortController().signal)).rejects.toThrow('down')
  await expect(firstSession()).rejects.toThrow('down')
})
