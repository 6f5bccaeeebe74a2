import { bodyFrom, flagsOf } from './command-flags.js';
import { COMMAND_SCHEMAS } from './generated/commands.js';

const bodyOf = (
  command: keyof typeof COMMAND_SCHEMAS,
  typed: { readonly [field: string]: string | readonly string[] },
) => bodyFrom(flagsOf(COMMAND_SCHEMAS[command]), typed);

describe('flags become a body', () => {
  it('with numbers where numbers are meant, and text where text is', async () =>
    expect(await bodyOf('Purchase', { accountId: '1', appId: '1400000001', product: 'standard', months: '3' })).toEqual(
      { accountId: '1', appId: '1400000001', product: 'standard', months: 3 },
    ));

  it.each([
    ['12', 12],
    ['12.5', '12.5'],
    ['9007199254740993', 9007199254740992],
    ['many', 'many'],
  ])('with the figure %s as the service takes or refuses it', async (typed, sent) =>
    expect(await bodyOf('CorrectUsage', { value: typed })).toEqual({ value: sent }),
  );

  it('with what was repeated as a list, and JSON as what it is', async () =>
    expect(await bodyOf('Purchase', { vouchers: ['v1', 'v2'], promotion: '{ "id": "p", "payPercent": 80 }' })).toEqual({
      vouchers: ['v1', 'v2'],
      promotion: { id: 'p', payPercent: 80 },
    }));

  it('without what was not typed', async () => expect(await bodyOf('TopUp', {})).toEqual({}));

  it('or name the flag whose JSON or file is none', async () => {
    await expect(bodyOf('RenewBatch', { items: '[' })).rejects.toThrow(/^--items is not JSON/);
    await expect(bodyOf('RenewBatch', { items: '@/none' })).rejects.toThrow(/^--items: ENOENT/);
  });
});
