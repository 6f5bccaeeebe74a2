/** `ops plot`. */
import type { Timeline } from '@ledger/audit';
import { parseInstant } from '@ledger/domain';
import { accountPath, answerTo } from './audit-answers.js';
import { UsageError } from './failure.js';
import { write } from './lines.js';
import { plotText } from './plot-text.js';

export type PlotAsked = {
  readonly from?: string;
  readonly at?: string;
  readonly knownAt?: string;
  readonly json?: boolean;
};

export const plot = async (accountId: string, { json = false, from, ...asked }: PlotAsked): Promise<number> => {
  const begin = from === undefined ? null : parseInstant(from);
  if (from !== undefined && begin === null) {
    throw new UsageError(`--from ${from} is no instant: give ISO 8601 with an offset, such as 2024-08-01T02:00:00Z`);
  }
  const answer = await answerTo<Timeline>(accountPath(accountId, 'timeline', asked));
  await write(process.stdout, `${json ? JSON.stringify(answer, null, 2) : plotText(answer, begin)}\n`);
  return 0;
};
