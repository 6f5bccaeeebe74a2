/** `ops diff`. */
import type { Difference } from '@ledger/audit';
import { accountPath, answerTo, wrapped } from './audit-answers.js';
import { write } from './lines.js';
import { headline, originOf } from './replay.js';

export type DiffAsked = {
  readonly from: string;
  readonly to?: string;
  readonly knownAt?: string;
  readonly json?: boolean;
};

export const diff = async (accountId: string, { json = false, ...asked }: DiffAsked): Promise<number> => {
  const answer = await answerTo<Difference>(accountPath(accountId, 'diff', asked));
  await write(process.stdout, `${json ? JSON.stringify(answer, null, 2) : diffText(answer)}\n`);
  return 0;
};

const placeText = ({ at, revision }: Difference['from']): string =>
  at === null ? 'before the first event' : `${at}${revision === null ? '' : ` (#${revision})`}`;

const diffText = ({ accountId, from, to, events, sentences }: Difference): string => {
  const names = events.map(({ revision, type }) => `${revision === null ? '' : `#${revision} `}${type}`);
  return [
    `${accountId} from ${placeText(from)} to ${placeText(to)}`,
    ...(sentences.length === 0 ? ['nothing has changed'] : []),
    ...sentences.flatMap(({ words, because }) =>
      wrapped(
        `${words}  ← ${because.length === 0 ? 'the passing of time' : because.map((cause) => names[cause]).join(', ')}`,
        '· ',
        '  ',
      ),
    ),
    ...(events.length === 0 ? [] : ['', 'The events']),
    ...events.flatMap((event) => [...wrapped(headline(event), '', '    '), ...wrapped(originOf(event), '    ')]),
  ].join('\n');
};
