// The OpenAPI document of the built service, asked from one that is started in a folder of its own and stopped again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../dist/apps/ledger/src/service/settings.js';
import { startService } from '../dist/apps/ledger/src/service/start.js';

export const documentOfService = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-document-'));
  try {
    const { settings, problems } = readSettings({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder });
    if (problems) throw new Error(problems.join('\n'));
    const service = await startService(settings);
    try {
      return await (await fetch(new URL('/openapi.json', service.url))).json();
    } finally {
      await service.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
