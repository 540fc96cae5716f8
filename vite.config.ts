import { rmSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** See electron/engine/imap/left-out.ts. */
const LEFT_OUT = /^(pino|socks|libmime|libqp|libbase64|encoding-japanese|@zone-eu\/mailsplit(\/.*)?)$/;

const chunkFileNames = 'chunks/[name]-[hash].js';

/** One build into out/: `vite build --app` makes the plain Node entries and the page. */
export default defineConfig({
  resolve: {
    alias: [{ find: LEFT_OUT, replacement: path.resolve(import.meta.dirname, 'electron/engine/imap/left-out.ts') }],
  },
  builder: {
    buildApp: async (builder) => {
      rmSync('out', { recursive: true, force: true });
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
  environments: {
    client: {
      build: {
        target: 'chrome130',
        outDir: 'out/renderer',
        emptyOutDir: true,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rollupOptions: { input: 'renderer/index.html' },
      },
    },
    // Plain Node: terminal, web host, engine process. Dependencies go in: looking them up costs a third of a short run.
    node: {
      consumer: 'server',
      resolve: { noExternal: true, conditions: ['node', 'import', 'default'] },
      build: {
        target: 'node20',
        outDir: 'out',
        emptyOutDir: false,
        minify: false,
        rollupOptions: {
          input: { cli: 'electron/cli.ts' },
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames },
        },
      },
    },
  },
  plugins: [react()],
});
