/** The questions of a check, as the OpenAPI document shows them. */
import type { Question } from '@ledger/domain';
import type { ApiBodyOptions } from '@nestjs/swagger';
import { MOST_QUESTIONS } from './questions.js';

type Schema = Extract<ApiBodyOptions, { readonly schema: unknown }>['schema'];

const NAME: Schema = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' };
const COUNT: Schema = { type: 'integer', minimum: 0 };

const object = (properties: { [name: string]: Schema }, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const DAY = object({ created: COUNT, dissolved: COUNT });

const question = (
  ask: Question['ask'],
  description: string,
  fields: { [name: string]: Schema },
  required = Object.keys(fields),
): Schema => ({
  ...object({ ask: { type: 'string', enum: [ask] }, ...fields }, ['ask', ...required]),
  description,
});

const QUESTION: Schema = {
  oneOf: [
    question('limit', 'Whether a value is within a limit.', { limit: NAME, wanted: COUNT }),
    question('feature', 'Whether it has a feature.', { feature: NAME }),
    question('members', 'Whether a group of a type may have so many members.', { groupType: NAME, wanted: COUNT }),
    question('group-of-user', 'Whether a user who is in so many groups may have one more.', {
      created: COUNT,
      joined: COUNT,
    }),
    question(
      'new-group',
      'Whether one more group may be created today, after those of the day; `broadcast` for an online-broadcast group.',
      { today: DAY, broadcast: DAY },
      ['today'],
    ),
  ],
};

export const QUESTIONS_SCHEMA: Schema = object({
  questions: { type: 'array', items: QUESTION, minItems: 1, maxItems: MOST_QUESTIONS },
});
