import { instant } from '@ledger/domain';
import { parseJourney } from './parse-journey.js';

const at = '2024-08-01T10:00:00+08:00';
const open = { at, do: 'OpenAccount', with: { accountId: 'a1', currency: 'USD' } };
const badFields = (file: unknown) => {
  const parsed = parseJourney(file);
  return 'problems' in parsed ? parsed.problems.map(({ field, rule }) => `${field} ${rule}`) : parsed;
};

describe('a journey', () => {
  it('is a list of instants with commands', () =>
    expect(parseJourney({ title: 'one', start: at, steps: [open, { at: '2024-12-01T00:00:00.9+08:00' }] })).toEqual({
      journey: {
        title: 'one',
        steps: [
          { at: instant('2024-08-01T02:00:00Z'), command: { do: 'OpenAccount', accountId: 'a1', currency: 'USD' } },
          { at: instant('2024-11-30T16:00:00Z') },
        ],
      },
    }));

  it('names the step and the field of everything that is malformed', () =>
    expect(
      badFields({
        start: 'now',
        speed: 2,
        steps: [
          open,
          { ...open, at: '2024-08-01T09:59:59+08:00' },
          { at, do: 'TopUp', with: { accountId: 'a1', amount: 5 } },
          { at, do: 'Fly', with: {} },
          { at: 'soon', as: 'me' },
          { at, do: 'TopUp' },
          { at, with: {} },
          7,
        ],
      }),
    ).toEqual([
      'speed unknown-field',
      'start instant',
      'steps[1].at order',
      'steps[2].with.amount amount',
      'steps[3].do command',
      'steps[4].as unknown-field',
      'steps[4].at instant',
      'steps[5].with object',
      'steps[6].do command',
      'steps[7] object',
    ]));

  it.each([[null], [[]], ['{}'], [{}], [{ steps: {} }]])('is an object with a list of steps, not %j', (file) =>
    expect(badFields(file)).toEqual([expect.stringMatching(/^(steps list| object)$/)]),
  );
});
