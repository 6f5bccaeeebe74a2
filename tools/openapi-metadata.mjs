// Writes apps/ledger/src/metadata.ts: what the @nestjs/swagger plugin would add at compile time.
// SWC cannot run TypeScript transformers, so the file is generated and committed. With --check the committed file is left
// as it is, and a stale one fails.
import { readFileSync, writeFileSync } from 'node:fs';
import { PluginMetadataGenerator } from '@nestjs/cli/lib/compiler/plugins/plugin-metadata-generator.js';
import { ReadonlyVisitor } from '@nestjs/swagger/plugin';

const FILE = new URL('../apps/ledger/src/metadata.ts', import.meta.url);
const committed = readFileSync(FILE, 'utf8');

// The generator checks all types first, and those of an old file may be gone.
writeFileSync(FILE, 'export default async () => ({});\n');

new PluginMetadataGenerator().generate({
  visitors: [
    new ReadonlyVisitor({
      introspectComments: true,
      // The bodies of commands are documented by libs/contract itself, from the rules that check them.
      dtoFileNameSuffix: ['answers.dto.ts'],
      pathToSource: new URL('../apps/ledger/src', import.meta.url).pathname,
    }),
  ],
  outputDir: 'apps/ledger/src',
  tsconfigPath: 'tsconfig.build.json',
  watch: false,
});

if (process.argv.includes('--check')) {
  const stale = readFileSync(FILE, 'utf8') !== committed;
  writeFileSync(FILE, committed);
  if (stale) console.error('apps/ledger/src/metadata.ts is stale: run "npm run openapi:metadata"');
  process.exitCode = stale ? 1 : 0;
}
