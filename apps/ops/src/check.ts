/** Asks what an app may do, each question by itself. */
import type { CheckOptions } from './check.verbs.js';
import { jsonFrom } from './command-flags.js';
import { EXIT, UsageError, type ExitCode } from './failure.js';
import type { components } from './generated/api.js';
import { ask } from './service-client.js';
import { print, tableOf, textOf, textOfThing } from './show.js';

type Check = components['schemas']['CheckDto'];

/** The service checks what the questions are made of. */
type Question = { readonly [field: string]: unknown };

export const check = async (appId: string, options: CheckOptions): Promise<ExitCode> => {
  const questions = await questionsOf(options);
  if (questions.length === 0) throw new UsageError('Ask something: give --feature, --within or --question.');
  const at = options.at === undefined ? '' : `?at=${encodeURIComponent(options.at)}`;
  const path = `/v1/apps/${encodeURIComponent(appId)}/entitlements/check${at}`;
  const answer = (await (await ask('POST', path, { body: { questions } })).json()) as Check;
  await print(options.json ? JSON.stringify(answer) : textFor(answer, questions));
  return answer.answers.every(({ allowed }) => allowed) ? EXIT.done : EXIT.refused;
};

const questionsOf = async ({
  feature = [],
  within = [],
  question = [],
}: CheckOptions): Promise<readonly Question[]> => [
  ...feature.map((name) => ({ ask: 'feature', feature: name })),
  ...within.map(limitQuestion),
  ...((await Promise.all(question.map((typed) => jsonFrom(typed, '--question')))) as readonly Question[]),
];

const limitQuestion = (typed: string): Question => {
  const [, limit, wanted] = /^([^=]+)=(\d{1,15})$/.exec(typed) ?? [];
  if (limit === undefined)
    throw new UsageError(`--within is "${typed}": give a limit and a number, groupsPerUser=501.`);
  return { ask: 'limit', limit, wanted: Number(wanted) };
};

const textFor = ({ answers, ...service }: Check, questions: readonly Question[]): string => {
  const rows = answers.map(({ allowed, value, raisedBy }, i) => [
    textOf(Object.values(questions[i] ?? {})),
    allowed ? 'yes' : 'no',
    textOf(value),
    raisedBy
      .filter(({ enough }) => enough)
      .map(({ kind, product, quantity, listPrice }) => `${kind} ${product} × ${quantity} at ${listPrice}`)
      .join('\n'),
  ]);
  return `${textOfThing(service)}\n\n${tableOf(['asked', 'allowed', 'limit', 'enough would be'], rows)}`;
};
