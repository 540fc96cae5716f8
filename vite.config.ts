import { defineConfig } from 'vite';

/** One build into out/: plain Node entries now; the window's entries join as further environments. */
export default defineConfig({
  // Dependencies go into the bundle: looking them up one by one costs a third of a short run.
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'out',
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      input: { cli: 'electron/cli.ts' },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
