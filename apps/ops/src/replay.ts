/** `ops replay`. */
import type { Facts, Happening, Replay, ReplayedStep } from '@ledger/audit';
import { accountPath, answerTo, wrapped } from './audit-answers.js';
import { write } from './lines.js';
import { ask, linesOf, ServiceError } from './service-client.js';

export type ReplayAsked = {
  readonly at?: string;
  readonly knownAt?: string;
  readonly until?: string;
  readonly step?: boolean;
  readonly breakOn?: string;
  readonly json?: boolean;
};

export const replay = async (
  accountId: string,
  { step = false, json = false, ...asked }: ReplayAsked,
): Promise<number> => {
  if (step || asked.breakOn !== undefined) return steps(accountPath(accountId, 'replay/steps', asked), json);
  const answer = await answerTo<Replay>(accountPath(accountId, 'replay', asked));
  await write(process.stdout, `${json ? JSON.stringify(answer, null, 2) : replayText(answer)}\n`);
  return 0;
};

const steps = async (path: string, json: boolean): Promise<number> => {
  for await (const { kind, ...line } of linesOf(await ask('GET', path))) {
    if (kind === 'failed') throw new ServiceError(String(line['reason']));
    if (kind === 'end') return 0;
    await write(process.stdout, `${json ? JSON.stringify(line) : stepText(line as ReplayedStep)}\n`);
  }
  throw new ServiceError('The service stopped before the last step.');
};

const replayText = ({ accountId, at, knownAt, revision, derived, state, usage }: Replay): string =>
  [
    `${accountId} as of ${at ?? 'before it was opened'}, ${knownAt === null ? 'by all that is recorded' : `by what was recorded until ${knownAt}`}`,
    `the last event recorded by then: ${revision === null ? 'none' : `#${revision}`}`,
    ...(derived.length === 0
      ? []
      : [
          'brought by time, and not recorded by then:',
          ...derived.flatMap((each) => wrapped(headline(each), '  ', '    ')),
        ]),
    '',
    ...treeOf(state),
    ...(Object.keys(usage).length === 0 ? [] : ['usage', ...treeOf(usage, '  ')]),
  ].join('\n');

const treeOf = (facts: Facts, indent = ''): readonly string[] => {
  const widest = Math.max(0, ...Object.keys(facts).map((name) => name.length));
  return Object.entries(facts).flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null) return [`${indent}${name.padEnd(widest)}  ${value ?? '–'}`];
    const below = treeOf(value, `${indent}  `);
    return below.length === 0 ? [`${indent}${name.padEnd(widest)}  none`] : [`${indent}${name}`, ...below];
  });
};

export const headline = ({ revision, effectiveAt, type, sentence }: Happening): string =>
  `${revision === null ? 'derived' : `#${revision}`}  ${effectiveAt}  ${type}: ${sentence}`;

/** Who asked, by which command, why; and how late it was recorded. */
export const originOf = ({ source, actor, command, reason, recordedAt }: Happening): string => {
  if (source === 'derived' || actor === null) return 'by time itself; nobody has recorded it';
  const asked = command === null ? '' : ` with ${command.name}`;
  const why = reason === null ? '' : `, because: ${reason}`;
  return `by ${actor.role === 'clock' ? 'time itself' : `${actor.subject} (${actor.role})${asked}${why}`}; recorded ${recordedAt ?? ''}`;
};

const stepText = ({ happening, sentences }: ReplayedStep): string =>
  [
    ...wrapped(headline(happening), '', '    '),
    ...wrapped(originOf(happening), '    '),
    ...(happening.clauses.length === 0
      ? []
      : wrapped(happening.clauses.map(({ clause }) => clause).join(', '), '    clauses ')),
    ...sentences.flatMap((sentence) => wrapped(sentence, '    · ', '      ')),
  ].join('\n');
