// Writes apps/ledger/src/metadata.ts: what the @nestjs/swagger plugin would add at compile time.
// SWC cannot run TypeScript transformers, so the file is generated and committed.
import { writeFileSync } from 'node:fs';
import { PluginMetadataGenerator } from '@nestjs/cli/lib/compiler/plugins/plugin-metadata-generator.js';
import { ReadonlyVisitor } from '@nestjs/swagger/plugin';

// The generator checks all types first, and those of an old file may be gone.
writeFileSync(new URL('../apps/ledger/src/metadata.ts', import.meta.url), 'export default async () => ({});\n');

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
