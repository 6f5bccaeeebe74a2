import { randomUUID } from 'node:crypto';
import type { EventStore } from '@ledger/event-store';
import type { ReadDatabase } from './database.js';
import { releaseLease, takeLease, type Lease } from './lease.js';
import { retryQuarantined, type Retried } from './quarantine.js';
import { States } from './states.js';
import { activeVersion } from './versions.js';

/**
 * Tries a quarantined account again, in the projector's place: that stops at its next batch, and goes on afterwards. Throws
 * a StoreError, or what the database says.
 */
export const retryAccount = async (database: ReadDatabase, store: EventStore, accountId: string): Promise<Retried> => {
  const lease: Lease = { name: 'projector', holder: randomUUID() };
  await takeLease(database, lease, 'by-force');
  try {
    const version = await activeVersion(database.db);
    return await retryQuarantined({ database, version, lease }, new States(database, version), store, accountId);
  } finally {
    await releaseLease(database, lease);
  }
};
