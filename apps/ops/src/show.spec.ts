import { flat, tableOfRows, textOf, textOfThing } from './show.js';

describe('what people are shown', () => {
  it('is a table with the columns asked for, nested ones by their path', () =>
    expect(
      tableOfRows(
        [
          { orderId: 'a-1', paid: { cash: '399.00' }, endsAt: null },
          { orderId: 'a-10', paid: { cash: '1.00' } },
        ],
        ['orderId', 'paid.cash', 'endsAt'],
      ),
    ).toBe('orderId  paid.cash  endsAt\na-1      399.00     –\na-10     1.00       –'));

  it('of one thing is a line a field, and a table for each list of objects', () =>
    expect(
      textOfThing({
        appId: 'a',
        limits: { users: 100 },
        holds: [],
        meters: [{ meter: 'mau', peak: { day: '2024-08-01' } }],
      }),
    ).toBe('appId         a\nlimits.users  100\nholds         –\n\nmeters:\nmeter  peak.day\nmau    2024-08-01'));

  it.each([
    [null, '–'],
    [[], '–'],
    [['b', 'a'], 'b, a'],
    [false, 'false'],
    [{ subject: 'operator', role: 'admin' }, 'subject operator role admin'],
  ])('of %j is %s', (value, shown) => expect(textOf(value)).toBe(shown));

  it('names nested fields by their path', () =>
    expect(flat({ a: 1, b: { c: { d: [2] } } })).toEqual([
      ['a', 1],
      ['b.c.d', [2]],
    ]));
});
