import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], timeoutMs: number, extra: object = {}) => ({
  test: { name, include, testTimeout: timeoutMs, hookTimeout: timeoutMs, ...extra },
});

/** unit: no sockets beyond loopback doubles, under a minute. The others start servers or kill processes. */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      project('unit', ['test/unit/**/*.test.ts', 'test/conformance/**/*.test.ts'], 30_000),
      project('crash', ['test/crash/**/*.test.ts'], 600_000, { fileParallelism: false }),
      // The heap is kept as small as the command line's, for its memory is looked at.
      project('hostile', ['test/hostile/**/*.test.ts'], 120_000, {
        ...{ fileParallelism: false, maxConcurrency: 8 },
        execArgv: ['--max-semi-space-size=2'],
      }),
      project('fuzz', ['test/fuzz/**/*.test.ts'], 120_000, { fileParallelism: false }),
      project('server', ['test/server/**/*.test.ts'], 600_000, { fileParallelism: false }),
      // Real windows on a busy machine: one that did not come up in time gets a second chance.
      project('app', ['test/app/**/*.test.ts'], 600_000, {
        ...{ fileParallelism: false, retry: 1 },
        expect: { poll: { timeout: 20_000 } },
      }),
    ],
  },
});
