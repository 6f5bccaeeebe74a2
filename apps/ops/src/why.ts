/** `ops why`. */
import type { Why, WhyRefused } from '@ledger/audit';
import { accountPath, answerTo, orSay } from './audit-answers.js';
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

export const why = (
  accountId: string,
  fact: string | undefined,
  { json = false, full = false, ...asked }: WhyAsked,
): Promise<number> =>
  orSay(async () => {
    if ((fact === undefined) === (asked.refusal === undefined)) {
      console.error('Name a fact, or a refusal with --refusal: ops why ACCOUNT cash');
      return 2;
    }
    const answer = await answerTo<Why | WhyRefused>(accountPath(accountId, 'why', { fact, ...asked }));
    const text = (): string => ('reasons' in answer ? whyText(answer, full) : refusalText(answer));
    await write(process.stdout, `${json ? JSON.stringify(answer, null, 2) : text()}\n`);
    return 0;
  });
