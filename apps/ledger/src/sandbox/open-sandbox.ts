/** Which clock a start has. A data folder is a sandbox's from its first start on, or it never is. */
import { existsSync } from 'node:fs';
import { instant } from '@ledger/domain';
import { projections, type ReadDatabase } from '@ledger/read-models';
import type { Clock } from '../service/clock.js';
import type { DataFolder } from '../service/data-folder.js';
import type { Settings } from '../service/settings.js';
import { isSandboxFolder, SandboxClock } from './sandbox-clock.js';

/** Throws, with what to do, when the folder is of the other kind: accounts of the real world must not be moved in time. */
export const clockOf = (
  { sandbox, dataDir }: Settings,
  { storePath, readDatabasePath }: DataFolder,
  worldClock: Clock,
): Clock => {
  const isSandbox = isSandboxFolder(dataDir);
  if (!sandbox && !isSandbox) return worldClock;
  if (!sandbox)
    throw new Error(`The data folder ${dataDir} is a sandbox's: start it with --sandbox, or set another DATA_DIR.`);
  if (!isSandbox && (existsSync(storePath) || existsSync(readDatabasePath)))
    throw new Error(`The data folder ${dataDir} holds accounts of the real world: set another DATA_DIR for --sandbox.`);
  return new SandboxClock(dataDir);
};

/** The machine's own clock may have gone back since: a sandbox goes on no earlier than its last event was recorded. */
export const notBeforeTheLastEvent = async (clock: Clock, database: ReadDatabase): Promise<void> => {
  if (!(clock instanceof SandboxClock)) return;
  for (const { isServed, lastRecordedAt } of await projections(database))
    if (isServed && lastRecordedAt !== null) clock.setTo(instant(lastRecordedAt));
};
