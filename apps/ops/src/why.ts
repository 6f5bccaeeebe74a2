/** `ops why`. */
import type { Why, WhyRefused } from '@ledger/audit';
import { accountPath, answerTo } from './audit-answers.js';
import { UsageError } from './failure.js';
import { write } from './lines.js';
import { refusalText, whyText } from './why-tree.js';

export type WhyAsked = {
  readonly refusal?: string;
  readonly at?: string;
  readonly knownAt?: string;
  readonly until?: string;
  readonly full?: boolean;
  readonly json?: boolean;
};

export const why = async (
  accountId: string,
  fact: string | undefined,
  { json = false, full = false, ...asked }: WhyAsked,
): Promise<number> => {
  if ((fact === undefined) === (asked.refusal === undefined)) {
    throw new UsageError('Name a fact, or a refusal with --refusal: ops why ACCOUNT cash');
  }
  const answer = await answerTo<Why | WhyRefused>(accountPath(accountId, 'why', { fact, ...asked }));
  const text = (): string => ('reasons' in answer ? whyText(answer, full) : refusalText(answer));
  await write(process.stdout, `${json ? JSON.stringify(answer, null, 2) : text()}\n`);
  return 0;
};
