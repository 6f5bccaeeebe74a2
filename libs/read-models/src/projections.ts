/** What operators see of the projections. */
import { checkpointOf } from './checkpoint.js';
import type { ReadDatabase } from './database.js';
import { positionText } from '@ledger/event-store';
import { activeVersion } from './versions.js';

export type ProjectionStatus = {
  readonly version: number;
  readonly isServed: boolean;
  readonly position: string | null;
  readonly events: number;
  readonly caughtUp: boolean;
  readonly lastRecordedAt: string | null;
};

export const projections = async ({ db }: ReadDatabase): Promise<readonly ProjectionStatus[]> => {
  const served = await activeVersion(db);
  const rows = await db.selectFrom('projections').selectAll().orderBy('version').execute();
  return rows.map(checkpointOf).map(({ version, position, events, caughtUp, last }) => ({
    version,
    isServed: version === served,
    position: position === 'start' ? null : positionText(position),
    events,
    caughtUp,
    lastRecordedAt: last?.recordedAt ?? null,
  }));
};
