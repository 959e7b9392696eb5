// DEFRA's forms engine as its guide registers it, sessions and answers in Redis as it has them in
// production. Whatever costs it without being of the comparison is off: request log, TLS, debug panel.
//   PORT=… REDIS_PORT=… NODE_ENV=production node server.js

import { randomBytes } from 'node:crypto'
import plugin from '@defra/forms-engine-plugin'
import { Engine as Redis } from '@hapi/catbox-redis'
import crumb from '@hapi/crumb'
import hapi from '@hapi/hapi'
import yar from '@hapi/yar'
import pino from 'hapi-pino'
import { definition } from './form.js'

const host = '127.0.0.1'
const cache = 'session'
const redis = new Redis({ host, port: Number(process.env.REDIS_PORT) })
const server = hapi.server({
  host,
  port: Number(process.env.PORT),
  cache: [{ name: cache, engine: redis }]
})

const live = { updatedAt: new Date() }
const metadata = { id: 'dossier', slug: 'dossier', title: 'Dossier', notificationEmail: 'a@example.org', live }
const never = () => Promise.reject(new Error('nothing is submitted here'))
const services = {
  formsService: {
    getFormMetadata: async () => metadata,
    getFormDefinition: async () => definition
  },
  formSubmissionService: { persistFiles: never, submit: never },
  outputService: { submit: never }
}

await server.register([
  { plugin: pino, options: { level: 'silent', logEvents: [] } },
  { plugin: crumb, options: { cookieOptions: { isSecure: false } } },
  {
    plugin: yar,
    options: {
      maxCookieSize: 0, // always on the server's side
      cache: { cache },
      cookieOptions: { password: randomBytes(32).toString('hex'), isSecure: false }
    }
  }
])
await server.register({
  plugin,
  options: {
    services,
    cache,
    nunjucks: { baseLayoutPath: 'layout.html', paths: [import.meta.dirname] },
    viewContext: () => ({ htmlLang: 'fr' }),
    baseUrl: server.info.uri
  }
})
await server.start()
