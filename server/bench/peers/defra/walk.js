// Fills every step as a browser would, then prints the address of the first and the cookies of the
// session: what will be read is a page of saved answers, by a server that is warm.
//   node walk.js ORIGIN

import { TOKEN, answers, path, steps } from './form.js'

// In milliseconds, for everything.
const PATIENCE = 120_000
// Node compiles what it does often; before that, a page costs it half as much again.
const WARM_UP = 300

const origin = process.argv[2]
const deadline = AbortSignal.timeout(PATIENCE)
const jar = new Map()
const address = (step) => `${origin}/dossier${path(step)}`
// No space: whoever reads the line reads words.
const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join(';')

async function ask(url, body) {
  const answer = await fetch(url, {
    method: body ? 'POST' : 'GET',
    body,
    headers: { cookie: cookies() },
    redirect: 'manual',
    signal: deadline
  })
  for (const line of answer.headers.getSetCookie()) {
    const [, name, value] = line.match(/^([^=]+)=([^;]*)/)
    jar.set(name, value)
  }
  return { status: answer.status, text: await answer.text() }
}

async function listening() {
  for (;;) {
    try {
      return await ask(origin)
    } catch (error) {
      if (deadline.aborted) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

async function read(step) {
  const { status, text } = await ask(address(step))
  if (status !== 200) throw new Error(`GET ${path(step)}: ${status}`)
  return text
}

async function fill(step) {
  const crumb = (await read(step)).match(/name="crumb" value="([^"]+)"/)?.[1] ?? ''
  const body = new URLSearchParams([['crumb', crumb], ['action', 'validate'], ...answers(step)])
  const { status } = await ask(address(step), body)
  if (status !== 303) throw new Error(`POST ${path(step)}: ${status}`)
}

try {
  await listening()
  for (let step = 0; step < steps; step++) await fill(step)
  for (let count = 0; count < WARM_UP; count++) await read(0)
  const page = await read(0)
  const saved = answers(0).every(([name]) => page.includes(`name="${name}"`))
  if (!saved || !page.includes(TOKEN)) throw new Error('the page does not show what was saved')
  console.log(`${address(0)} ${cookies()}`)
} catch (error) {
  console.error(`walk: ${error.message}`)
  process.exit(1)
}
