import { readFileSync } from 'node:fs';

// One source of truth for the aliases: tsconfig.base.json (strict JSON, no comments).
const { paths } = JSON.parse(readFileSync(new URL('./tsconfig.base.json', import.meta.url), 'utf8')).compilerOptions;
const aliases = Object.fromEntries(
  Object.entries(paths).map(([alias, [target]]) => [`^${alias}$`, target.replace('./', '<rootDir>/')]),
);

const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' }, // reads .swcrc
  moduleNameMapper: { ...aliases, '^(\\.{1,2}/.*)\\.js$': '$1' },
};

export default {
  coverageProvider: 'v8',
  collectCoverageFrom: ['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts', '!**/*.spec.ts', '!**/metadata.ts'],
  testTimeout: 90_000, // generous: a limit is for what hangs, not for what is slow on a busy machine
  maxWorkers: '100%', // by default one core is left idle, which is half of a small machine
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  globalSetup: '<rootDir>/test/support/postgres-server.mjs',
  globalTeardown: '<rootDir>/test/support/stop-postgres-server.mjs',
  projects: [
    { ...common, displayName: 'unit', roots: ['<rootDir>/apps', '<rootDir>/libs'], testRegex: '\\.spec\\.ts$' },
    { ...common, displayName: 'whole', roots: ['<rootDir>/test'], testRegex: '\\.(e2e-)?spec\\.ts$' },
  ],
};
