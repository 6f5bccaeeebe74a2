import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { COMMAND_DTOS } from './catalogue.js';
import { parseCommand } from './parse-command.js';

const account = { accountId: 'a1' };
const app = { ...account, appId: '1400000001' };
const purchase = { ...app, product: 'standard', months: 1 };
const sample = { meter: 'mau', day: '2024-08-05', value: 10 };

const commandOf = (name: string, body: unknown) => {
  const parsed = parseCommand(name, body);
  return 'command' in parsed ? parsed.command : parsed;
};
const badFields = (name: string, body: unknown) => {
  const parsed = parseCommand(name, body);
  return 'problems' in parsed ? parsed.problems.map(({ field, rule }) => `${field} ${rule}`) : parsed;
};

describe('a command in its normal form', () => {
  it.each([
    ['1000', '1000.00'],
    ['0.5', '0.50'],
    ['007.25', '7.25'],
    ['9999999999999.99', '9999999999999.99'],
  ])('writes the money %s as %s', (sent, written) =>
    expect(commandOf('TopUp', { ...account, amount: sent })).toEqual({ do: 'TopUp', ...account, amount: written }),
  );

  it('writes instants in UTC with whole seconds, the fraction cut off', () =>
    expect(
      commandOf('IssueVoucher', {
        ...account,
        voucherId: 'v',
        amount: '1',
        validFrom: '2024-08-01T10:00:00.999+08:00',
        validUntil: '2024-09-01T00:00:00Z',
      }),
    ).toMatchObject({ validFrom: '2024-08-01T02:00:00Z', validUntil: '2024-09-01T00:00:00Z' }));

  it('drops what is null, like what is missing', () =>
    expect(commandOf('TopUp', { ...account, amount: '1.00', reference: null, reason: null })).toEqual({
      do: 'TopUp',
      ...account,
      amount: '1.00',
    }));

  it.each([
    [70, '70'],
    ['70.50', '70.5'],
    [0, '0'],
    ['100.00', '100'],
    [33.3, '33.3'],
  ])('writes the percentage %p as %p, refundable unless said otherwise', (payPercent, written) =>
    expect(commandOf('Purchase', { ...purchase, promotion: { id: 'launch', payPercent } })).toMatchObject({
      promotion: { id: 'launch', payPercent: written, refundable: true },
    }),
  );

  it.each([undefined, null, 0, 1.5, 25, -1, 1e300])(
    'leaves months of %p to the domain, which refuses them by name',
    (months) => expect(commandOf('Renew', { ...app, product: 'standard', months })).toMatchObject({ do: 'Renew' }),
  );

  it('leaves an item of a batch without months to the domain', () =>
    expect(commandOf('RenewBatch', { ...account, items: [{ appId: 'x', product: 'pro' }] })).toMatchObject({
      items: [{ appId: 'x', product: 'pro', months: null }],
    }));

  it('takes figures of bandwidth as decimal strings, and those of unknown meters for the domain to refuse', () => {
    const bandwidth = { ...sample, meter: 'bandwidth', region: 'abroad' };
    const samples = [
      { ...bandwidth, value: '012.50' },
      { ...bandwidth, value: 3 },
      { ...sample, meter: 'steps', value: '1.5' },
    ];
    expect(commandOf('RecordUsage', { ...app, samples })).toMatchObject({
      samples: [{ value: '12.5' }, { value: 3 }, { value: '1.5' }],
    });
  });
});

describe('a malformed command', () => {
  it('is told of every bad field', () =>
    expect(
      badFields('Purchase', {
        accountId: 'a 1',
        product: 7,
        months: '1',
        quantity: 0,
        vouchers: ['v', ''],
        renewal: 'sometimes',
        promotion: { payPercent: 101, refundable: 'yes', extra: 1 },
        coupon: 'x',
      }),
    ).toEqual([
      'accountId id',
      'appId required',
      'product id',
      'months months',
      'quantity count',
      'vouchers ids',
      'renewal one-of',
      'promotion.id required',
      'promotion.payPercent percent',
      'promotion.refundable flag',
      'promotion.extra unknown-field',
      'coupon unknown-field',
    ]));

  it('is told what to do', () =>
    expect(parseCommand('TopUp', { ...account, amount: 10 })).toEqual({
      problems: [
        {
          field: 'amount',
          rule: 'amount',
          message:
            'give a string of digits with at most two decimals, above 0 and below 10000000000000, such as "399.00"',
        },
      ],
    }));

  it.each(['0', '0.00', '-1', '1.234', '1e3', '10000000000000', ' 1', '1.', '', '１', 1, null, ['1']])(
    'has no amount %p',
    (amount) => expect(badFields('GrantGift', { ...account, amount })).toEqual([expect.stringMatching(/^amount /)]),
  );

  it.each(['', 'x'.repeat(201), 'tab\there', 'bell\u0007', 'next line\u0085', 'half \ud800', '\udc00', 7, {}])(
    'has no free text %p',
    (reason) => expect(badFields('EraseContact', { ...account, reason })).toEqual(['reason text']),
  );

  it('counts characters, not UTF-16 units', () =>
    expect(commandOf('EraseContact', { ...account, reason: '😀'.repeat(200) })).toMatchObject({ do: 'EraseContact' }));

  it.each([
    ['a day that the calendar lacks', [{ ...sample, day: '2023-02-29' }], 'samples[0].day day'],
    ['a figure that is no integer', [sample, { ...sample, value: 1.5 }], 'samples[1].value figure'],
    ['a decimal figure of an integer meter', [{ ...sample, value: '1.5' }], 'samples[0].value figure'],
    ['a figure above 2^53 - 1', [{ ...sample, value: 2 ** 53 }], 'samples[0].value figure'],
    ['two months', [sample, { ...sample, day: '2024-09-01' }], 'samples one-month'],
    ['no samples', [], 'samples list'],
    ['too many samples', Array.from({ length: 1001 }, () => sample), 'samples list'],
    ['an object for a list', { 0: sample, length: 1 }, 'samples list'],
    ['a list for an object', [[sample]], 'samples[0] object'],
  ])('with %s is told so', (_, samples, problem) =>
    expect(badFields('RecordUsage', { ...app, samples })).toContain(problem),
  );

  it.each([[null], [undefined], [[]], ['text'], [7]])('is no object: %p', (body) =>
    expect(badFields('TopUp', body)).toEqual([' object']),
  );

  it('may be hostile', () => {
    expect(badFields('EraseContact', JSON.parse('{"accountId":"a","__proto__":{"accountId":"b"}}'))).toEqual([
      '__proto__ unknown-field',
    ]);
    expect(badFields('EraseContact', JSON.parse('{"__proto__":{"accountId":"b"}}'))).toEqual([
      'accountId required',
      '__proto__ unknown-field',
    ]);
    expect(badFields('EraseContact', { accountId: 'a', constructor: 1, toString: 2 })).toEqual([
      'constructor unknown-field',
      'toString unknown-field',
    ]);
    for (const name of ['__proto__', 'constructor', 'toString', '', 'topup'])
      expect(parseCommand(name, {})).toEqual({ unknownCommand: true });
  });
});

describe('the compiled checker', () => {
  const names = Object.keys(COMMAND_DTOS) as (keyof typeof COMMAND_DTOS)[];
  const flat = names.filter((name) => !['Purchase', 'Renew', 'RenewBatch', 'RecordUsage'].includes(name));
  const value = fc.oneof(
    fc.constantFrom('a1', '1400000001', '10', '2024-08-01T00:00:00Z', '2024-08-05', 'USD', 'manual', 'dau', 3, null),
    fc.anything(),
  );
  const fields = ['accountId', 'appId', 'amount', 'currency', 'reason', 'reference', 'product', 'to', 'mode', 'months'];
  const body = fc.dictionary(fc.constantFrom(...fields, 'day', 'meter', 'value', 'days', 'validUntil', 'x'), value, {
    noNullPrototype: true,
  });

  it("agrees with class-validator's own about every flat command", () =>
    fc.assert(
      fc.property(fc.constantFrom(...flat), body, (name, fields) => {
        const sent = Object.fromEntries(Object.entries(fields).filter(([, sent]) => sent !== undefined));
        const errors = validateSync(Object.assign(new COMMAND_DTOS[name](), sent), {
          whitelist: true,
          forbidNonWhitelisted: true,
        });
        const parsed = parseCommand(name, sent);
        const bad = 'problems' in parsed ? parsed.problems.map(({ field }) => field) : [];
        expect(bad.toSorted()).toEqual(errors.map(({ property }) => property).toSorted());
      }),
      { numRuns: 2000 },
    ));

  it('never throws, and takes what it has written', () =>
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.oneof(body, fc.anything()), (name, sent) => {
        const parsed = parseCommand(name, sent);
        if (!('command' in parsed)) return;
        const { do: _, ...written } = parsed.command;
        expect(parseCommand(name, written)).toEqual(parsed);
      }),
      { numRuns: 2000 },
    ));
});
