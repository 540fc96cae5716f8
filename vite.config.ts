import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** See electron/engine/imap/left-out.ts. */
const LEFT_OUT = /^(pino|socks|libmime|libqp|libbase64|encoding-japanese|@zone-eu\/mailsplit(\/.*)?)$/;

// What is built is what users run, whoever builds it: a test's NODE_ENV would put React's development half in.
process.env['NODE_ENV'] = 'production';

const chunkFileNames = 'chunks/[name]-[hash].js';

/** Programs and workers of plain Node, each `out/<name>.js`. */
const nodeEntries = {
  cli: 'electron/cli.ts',
  'engine-process': 'electron/engine-process.ts',
  'browse-worker': 'electron/engine/browse/browse-worker.ts',
  'store-worker': 'electron/engine/archive/store-worker.ts',
};

/** What only Electron's own processes run; they alone import electron, which is never bundled. */
const electronBuild = (name: string, format: 'es' | 'cjs', extension: string) => ({
  consumer: 'server' as const,
  resolve: { noExternal: true as const, conditions: ['node', 'import', 'default'], external: ['electron'] },
  build: {
    target: 'node20',
    outDir: 'out',
    emptyOutDir: false,
    minify: false,
    rollupOptions: {
      input: { [name]: `electron/${name}.ts` },
      external: /^electron$/,
      output: { format, entryFileNames: `[name].${extension}`, chunkFileNames },
    },
  },
});

/** The desktop's window and tray icons, beside the code that shows them. */
const desktopIcons: Plugin = {
  name: 'desktop-icons',
  applyToEnvironment: (environment) => environment.name === 'main',
  generateBundle() {
    const folder = path.resolve(import.meta.dirname, 'build/desktop');
    for (const name of readdirSync(folder))
      this.emitFile({ type: 'asset', fileName: `icons/${name}`, source: readFileSync(path.join(folder, name)) });
  },
};

/** SQLite for runtimes that have none; loaded as it is, see electron/engine/archive/sqlite-wasm.ts. */
const sqliteFiles: Plugin = {
  name: 'sqlite-files',
  applyToEnvironment: (environment) => environment.name === 'node',
  generateBundle() {
    const folder = path.resolve(import.meta.dirname, 'node_modules/node-sqlite3-wasm/dist');
    const emit = (from: string, to: string) =>
      this.emitFile({ type: 'asset', fileName: `sqlite/${to}`, source: readFileSync(path.join(folder, from)) });
    emit('node-sqlite3-wasm.js', 'node-sqlite3-wasm.cjs');
    emit('node-sqlite3-wasm.wasm', 'node-sqlite3-wasm.wasm');
  },
};

/** The page is renderer/index.html in the sources and at the top of the folder that is served. */
const pageAtTheTop: Plugin = {
  name: 'page-at-the-top',
  enforce: 'post',
  applyToEnvironment: (environment) => environment.name === 'client',
  generateBundle(_options, bundle) {
    const page = bundle['renderer/index.html'];
    if (page) page.fileName = 'index.html';
  },
};

/** One build into out/: `vite build --app` makes the plain Node entries, Electron's and the page. */
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
          input: nodeEntries,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames },
        },
      },
    },
    main: electronBuild('main', 'es', 'js'),
    preload: electronBuild('preload', 'cjs', 'cjs'),
  },
  plugins: [react(), desktopIcons, sqliteFiles, pageAtTheTop],
});
