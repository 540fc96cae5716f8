import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const forbid = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });
const electronOnly = {
  regex: '^(electron|electron-store|electron-updater)$',
  message: 'electron is imported only by electron/desktop, main.ts and preload.ts.',
};
const imapflowOnly = { regex: '^imapflow($|/)', message: 'imapflow is imported only by electron/engine/imap.' };
const hostsOnlyFace = {
  regex: '/engine/(?!engine\\.ts$|ports\\.ts$|errors\\.ts$)',
  message: 'Hosts see the engine through engine.ts, ports.ts and errors.ts only.',
};
const noHosts = {
  regex: '^(\\.\\./)+(app|desktop|node|demo|cli|main|preload|web)(/|\\.ts$)',
  message: 'The engine knows no host.',
};

export default tseslint.config(
  { ignores: ['out/', 'dist/', '.cache/', 'node_modules/', 'test/fixtures/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/require-await': 'off',
      'no-control-regex': 'off',
    },
  },
  {
    files: ['electron/**/*.ts', 'shared/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['electron/**/*.ts'],
    ignores: ['electron/desktop/**', 'electron/main.ts', 'electron/preload.ts', 'electron/engine/**'],
    rules: forbid(electronOnly, imapflowOnly, hostsOnlyFace),
  },
  { files: ['electron/engine/**/*.ts'], rules: forbid(electronOnly, imapflowOnly, noHosts) },
  {
    files: ['electron/engine/imap/**/*.ts'],
    rules: forbid(electronOnly, noHosts, { regex: '/archive/', message: 'imap and archive never see each other.' }),
  },
  {
    files: ['electron/engine/archive/**/*.ts', 'electron/engine/fs/**/*.ts'],
    rules: forbid(electronOnly, imapflowOnly, noHosts, {
      regex: '/(imap|jobs)/',
      message: 'imap and archive never see each other; jobs join them.',
    }),
  },
  {
    files: ['electron/engine/plan/**/*.ts'],
    rules: forbid(electronOnly, imapflowOnly, noHosts, {
      regex: '^node:|/(imap|archive|jobs|fs)/',
      message: 'plan/ is pure: no I/O, no clock, no imapflow.',
    }),
  },
  {
    files: ['shared/**/*.ts'],
    rules: forbid({ regex: '^\\.\\./|^node:', message: 'shared/ imports nothing of ours and no Node.' }),
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      ...forbid(
        { regex: '^node:|^electron', message: 'The renderer knows no Node and no Electron.' },
        { regex: '^(\\.\\./)+electron(/|$)', message: 'The renderer imports shared/ only; it knows no engine.' },
      ),
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
);
