import { fileURLToPath } from 'node:url'
import type { InputType } from 'node:zlib'
import { gzipAsync } from '@gfx/zopfli'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compression } from 'vite-plugin-compression2'

/**
 * Gzip as tight as it comes (Zopfli): over plain http, where browsers take nothing better, every phone in the room
 * fetches a twenty-fifth less, for a few seconds of each build.
 */
const tightGzip = async (bytes: InputType) =>
  // The plugin hands over a file's bytes, whatever else zlib would take.
  Buffer.from(await gzipAsync(bytes as Uint8Array, { numiterations: 5 }))

const lean = (name: string) => fileURLToPath(new URL(`lean/${name}.ts`, import.meta.url))

export default defineConfig({
  plugins: [
    react(),
    // The server sends these as they are, so that no request costs it a compression.
    compression({
      algorithms: [[tightGzip, {}], 'brotliCompress'],
      // Small files count too: a phone fetches several of them before the first note.
      threshold: 256,
      skipIfLargerOrEqual: true,
      logLevel: 'silent',
    }),
  ],
  resolve: {
    // Parts of libraries that the first page would fetch and never use.
    alias: {
      'lib0/logging': lean('logging'),
      'lib0/broadcastchannel': lean('broadcastchannel'),
      // What it stands in for is in React itself since version 18.
      'use-sync-external-store/shim/index.js': 'react',
    },
  },
  build: {
    // Browsers that have been everywhere for two and a half years.
    target: 'baseline-widely-available',
    // light-dark() must reach the browser as it is: what replaces it for older ones is fixed at :root, and the dark bar on
    // a light page would lose its colours.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    sourcemap: false,
    // The content security policy allows neither inline scripts nor data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What comes with the first page in any case is one file. It packs smaller than the dozen into which it would be
        // split by who shares what, and a phone in a crowded room waits for one answer.
        codeSplitting: { groups: [{ name: 'app', tags: ['$initial'] }] },
      },
    },
  },
})
