import { rmSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const chunkFileNames = 'chunks/[name]-[hash].js';

/** One build into out/: `vite build --app` makes the plain Node entries and the page. */
export default defineConfig({
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
