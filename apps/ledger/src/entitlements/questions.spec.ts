import { parseQuestions } from './questions.js';

const fieldsOf = (body: unknown): readonly string[] => {
  const parsed = parseQuestions(body);
  return 'problems' in parsed ? parsed.problems.map(({ field }) => field) : [];
};

describe('the questions of a check', () => {
  it('are read as they were asked', () => {
    const questions = [
      { ask: 'limit', limit: 'users', wanted: 7 },
      { ask: 'feature', feature: 'push' },
      { ask: 'members', groupType: 'private', wanted: 200 },
      { ask: 'group-of-user', created: 1, joined: 0 },
      { ask: 'new-group', today: { created: 5, dissolved: 5 } },
      { ask: 'new-group', today: { created: 5, dissolved: 0 }, broadcast: { created: 1, dissolved: 0 } },
    ];
    expect(parseQuestions({ questions })).toEqual({ questions });
  });

  it('are all told what is wrong with them', () =>
    expect(
      fieldsOf({
        questions: [
          { ask: 'limit', limit: 'a b', wanted: -1 },
          { ask: 'fly' },
          { ask: 'feature', feature: 7, wanted: 1 },
          { ask: 'group-of-user', created: 1.5, joined: '1' },
          { ask: 'new-group', today: { created: 1, dissolved: 2 }, broadcast: 3 },
          null,
        ],
        colour: 'red',
      }),
    ).toEqual([
      'colour',
      'questions[0].limit',
      'questions[0].wanted',
      'questions[1].ask',
      'questions[2].wanted',
      'questions[2].feature',
      'questions[3].created',
      'questions[3].joined',
      'questions[4].today.dissolved',
      'questions[4].broadcast',
      'questions[4].broadcast.created',
      'questions[4].broadcast.dissolved',
      'questions[5].ask',
    ]));

  it.each([null, [], 'text', {}, { questions: [] }, { questions: {} }, { questions: Array(101).fill({ ask: 'x' }) }])(
    'are a list of 1 to 100',
    (body) => expect(fieldsOf(body)).toContain('questions'),
  );
});
