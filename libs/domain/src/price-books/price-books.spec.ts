import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { instant } from '../calendar.js';
import { BOOKS, bookOf, defaultBook } from './books.js';
import { addOnOf, addOnPrice, packageOf, packagePrice, type PriceBook } from './price-book.js';

const book = (id: string): PriceBook => {
  const found = bookOf(id);
  if (!found) throw new Error(`no book ${id}`);
  return found;
};

const textTable = (text: string): string[][] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));

describe('P-10 what the figures belong to', () => {
  it('P-10 books: currency, term and data centres', () => {
    const abroad = 'singapore seoul frankfurt silicon-valley mumbai';
    expect(BOOKS.map((one) => [one.id, one.currency, one.packageTerm, one.dataCentres.join(' ')])).toEqual([
      ['cn-2019', 'CNY', 'inclusive-day', 'mainland'], // S2, its example of a term
      ['cn-2023', 'CNY', 'inclusive-day', 'mainland'], // S1 package prices, row validity
      ['overseas-2023', 'CNY', 'inclusive-day', abroad], // S0, its first sentence; D: the term
      ['intl-2022', 'USD', 'postpaid', abroad], // S3, the way of charging; D: the data centres
      ['intl-2024', 'USD', 'same-instant', abroad], // S4 overview; D: the data centres
    ]);
  });

  it('P-1.4 Trial costs nothing, and stands first [S0, S1, S2, S3, S4]', () => {
    expect(BOOKS.map(({ packages: [first] }) => [first?.id, first?.prices])).toEqual(BOOKS.map(() => ['trial', []]));
  });

  it('P-4.1 packages, lowest first', () => {
    expect(BOOKS.map(({ packages }) => packages.map(({ id }) => id).join(' '))).toEqual([
      'trial pro',
      'trial pro flagship',
      'trial pro flagship',
      'trial standard premium',
      'trial standard premium',
    ]);
  });

  it('P-2.8 add-ons: family, term, quantity, and what they need', () => {
    const held = BOOKS.flatMap(({ id, addOns }) =>
      addOns.map((row) => [id, row.id, row.family, row.term, row.byQuantity ? 'each' : '-', row.needs ?? '-']),
    );
    expect(held).toEqual(
      textTable(`
        cn-2019       | live-groups-unlimited | live-groups     | inclusive-day | -    | -
        cn-2019       | members-2000          | members         | inclusive-day | -    | -
        cn-2019       | members-6000          | members         | inclusive-day | -    | -
        cn-2019       | groups-per-user-400   | groups-per-user | inclusive-day | -    | -
        cn-2019       | groups-per-user-700   | groups-per-user | inclusive-day | -    | -
        cn-2019       | groups-per-user-1000  | groups-per-user | inclusive-day | -    | -
        cn-2023       | live-groups-unlimited | live-groups     | inclusive-day | -    | -
        cn-2023       | members-2000          | members         | inclusive-day | -    | -
        cn-2023       | members-6000          | members         | inclusive-day | -    | -
        cn-2023       | groups-per-user-1000  | groups-per-user | inclusive-day | -    | -
        cn-2023       | groups-per-user-3000  | groups-per-user | inclusive-day | -    | -
        cn-2023       | safety                | safety          | inclusive-day | -    | -
        overseas-2023 | live-groups-unlimited | live-groups     | inclusive-day | -    | -
        overseas-2023 | members-2000          | members         | inclusive-day | -    | -
        overseas-2023 | members-6000          | members         | inclusive-day | -    | -
        overseas-2023 | groups-per-user-1000  | groups-per-user | inclusive-day | -    | -
        overseas-2023 | groups-per-user-3000  | groups-per-user | inclusive-day | -    | -
        overseas-2023 | call-1v1              | call            | inclusive-day | -    | -
        overseas-2023 | call-group-380k       | call            | inclusive-day | -    | -
        overseas-2023 | call-group-1400k      | call            | inclusive-day | -    | -
        intl-2022     | call-trial            | call            | same-instant  | -    | -
        intl-2024     | desk                  | desk            | same-instant  | -    | -
        intl-2024     | desk-seat             | desk-seat       | same-instant  | each | desk
        intl-2024     | bot-basic             | bot-basic       | same-instant  | each | -
        intl-2024     | bot-advanced          | bot-advanced    | same-instant  | each | -
        intl-2024     | bot-messages          | bot-messages    | same-instant  | each | -
        intl-2024     | call-trial            | call            | same-instant  | -    | -
        intl-2024     | call-1v1              | call            | same-instant  | -    | -
        intl-2024     | call-group            | call            | same-instant  | -    | -
        intl-2024     | push                  | push            | inclusive-day | -    | -
        intl-2024     | search                | search          | inclusive-day | -    | -`),
    );
  });

  it('P-7.1 P-7.2 P-7.4 P-7.10 meters: region, figure of the month, its first day, the plug-in', () => {
    const held = BOOKS.flatMap(({ id, meters }) =>
      meters.map((row) => [id, row.meter, row.region ?? '-', row.figure, `${row.fromDay}`, row.plugIn ?? '-']),
    );
    expect(held).toEqual(
      textTable(`
        cn-2019       | dau             | -        | highest-day            | 1 | -
        cn-2019       | groups          | -        | highest-day            | 4 | -
        cn-2019       | bandwidth       | mainland | sum-of-days-rounded-up | 1 | -
        cn-2023       | dau             | -        | highest-day            | 1 | -
        cn-2023       | groups          | -        | highest-day            | 1 | -
        cn-2023       | bandwidth       | mainland | sum-of-days-rounded-up | 1 | -
        cn-2023       | bandwidth       | abroad   | sum-of-days-rounded-up | 1 | -
        overseas-2023 | dau             | -        | highest-day            | 1 | -
        overseas-2023 | groups          | -        | highest-day            | 1 | -
        intl-2022     | mau             | -        | highest-day            | 1 | -
        intl-2024     | mau             | -        | highest-day            | 1 | -
        intl-2024     | push-calls      | -        | each-day               | 1 | push
        intl-2024     | push-messages   | -        | sum-of-days            | 1 | push
        intl-2024     | search-messages | -        | sum-of-days            | 1 | search
        intl-2024     | search-requests | -        | sum-of-days            | 1 | search`),
    );
  });

  it('P-7.3 the quota that a paid package shows is the one its meter leaves free', () => {
    const pairs = BOOKS.flatMap(({ packages, meters }) =>
      meters.flatMap(({ meter, free }) =>
        packages.slice(1).map(({ limits }) => ({ free, quota: limits[`${meter}Quota`]?.value ?? free })),
      ),
    );
    expect(pairs.filter(({ free, quota }) => free !== quota)).toEqual([]);
  });

  it('P-9.1 limits come in one order, the quotas last', () => {
    const keys =
      'users friendsPerUser groupsPerUser membersPerGroup ordinaryGroups liveGroups newGroupsPerDay broadcastGroupsPerDay historyDays';
    const orders = BOOKS.flatMap(({ packages }) => packages.map(({ limits }) => Object.keys(limits).join(' ')));
    expect([...new Set(orders)]).toEqual([`${keys} dauQuota groupsQuota`, `${keys} mauQuota`]);
  });
});

/** The canonical JSON (RFC 8785) of each book as it was released. */
const RELEASED: Readonly<Record<string, string>> = {
  'cn-2019@1': '0cb5aa1a4172ac0540dadc330309ba27bf3f6f71b9fc034f8ea4a03b624bf17c',
  'cn-2023@1': '7e50f9b66ab2b2e3436b476acb0a6f8d7ef53f8019f4ccfd35b3a109727c2ab5',
  'overseas-2023@1': 'e271af1354aefedb08948dc2635b5998d612c01bc77191dbb43b41284a1ed5d3',
  'intl-2022@1': '25d5cb366c7064acbf96212fa04940cd5d4430dac4f2d690e962195ef12707f9',
  'intl-2024@1': '57a36bbdfbca75b48553eb6f9597b726a0de4e521baac0849609ed55a5faa381',
};

describe('P-1.8 a released book is never edited', () => {
  it('P-1.8 every book is pinned', () => {
    expect(BOOKS.map(({ id, revision }) => `${id}@${revision}`)).toEqual(Object.keys(RELEASED));
  });

  it.each(BOOKS)('P-1.8 $id@$revision is as it was released', (one) => {
    const name = `${one.id}@${one.revision}`;
    const hash = createHash('sha256')
      .update(canonicalize(one) ?? '')
      .digest('hex');
    const verdict =
      hash === RELEASED[name]
        ? 'as released'
        : `${name} is now ${hash}. A released book is never edited (P-1.8): undo it. A change is a dated row, or a new ` +
          'revision in a file of its own; only then is the hash pinned anew.';
    expect(verdict).toBe('as released');
  });
});

describe('P-1.7 the default book', () => {
  const abroad = ['singapore', 'seoul', 'frankfurt', 'silicon-valley', 'mumbai'];

  it.each([
    ['CNY', 'mainland', '2018-12-31T23:59:59+08:00', undefined],
    ['CNY', 'mainland', '2019-01-01T00:00:00+08:00', 'cn-2019'],
    ['CNY', 'mainland', '2022-12-31T23:59:59+08:00', 'cn-2019'],
    ['CNY', 'mainland', '2023-01-01T00:00:00+08:00', 'cn-2023'],
    ['CNY', 'mainland', '2030-01-01T00:00:00+08:00', 'cn-2023'],
    ...abroad.flatMap((centre) => [
      ['CNY', centre, '2022-12-31T23:59:59+08:00', undefined] as const,
      ['CNY', centre, '2023-01-01T00:00:00+08:00', 'overseas-2023'] as const,
      ['USD', centre, '2022-12-25T23:59:59+08:00', undefined] as const,
      ['USD', centre, '2022-12-26T00:00:00+08:00', 'intl-2022'] as const,
      ['USD', centre, '2024-07-21T23:59:59+08:00', 'intl-2022'] as const,
      ['USD', centre, '2024-07-22T00:00:00+08:00', 'intl-2024'] as const,
    ]),
    ['USD', 'mainland', '2025-01-01T00:00:00+08:00', undefined],
    ['CNY', 'moon', '2025-01-01T00:00:00+08:00', undefined],
  ] as const)('P-1.7 of %s in %s at %s is %s', (currency, centre, at, id) =>
    expect(defaultBook(currency, centre, instant(at))?.id).toBe(id),
  );
});

describe('P-1.8 the price in force', () => {
  it.each([
    ['cn-2023', 'pro', '2022-06-01T00:00:00+08:00', '999', '2023-01-01'],
    ['cn-2023', 'pro', '2023-12-31T23:59:59+08:00', '999', '2023-01-01'],
    ['cn-2023', 'pro', '2024-01-01T00:00:00+08:00', '1499', '2024-01-01'],
    ['cn-2023', 'flagship', '2024-01-01T00:00:00+08:00', '2999', '2023-01-01'],
    ['cn-2019', 'pro', '2024-01-01T00:00:00+08:00', '999', '2019-01-01'],
    ['overseas-2023', 'pro', '2024-01-01T00:00:00+08:00', '2999', '2023-01-01'],
  ])('P-1.8 of %s %s at %s is %s', (id, product, at, listPrice, from) => {
    const row = packageOf(book(id), product);
    expect(row && packagePrice(book(id), row, instant(at))).toEqual({
      listPrice,
      priceRow: `${id}@1/${product}/${from}`,
    });
  });

  it.each([
    ['bot-messages', 'standard', '2023-12-31T23:59:59+08:00', '0', 'bot-messages/standard/2024-01-01'],
    ['bot-messages', 'standard', '2024-06-30T23:59:59+08:00', '0', 'bot-messages/standard/2024-01-01'],
    ['bot-messages', 'standard', '2024-07-01T00:00:00+08:00', '200', 'bot-messages/standard/2024-07-01'],
    ['bot-messages', 'premium', '2024-06-30T23:59:59+08:00', '0', 'bot-messages/premium/2024-01-01'],
    ['bot-messages', 'premium', '2024-07-01T00:00:00+08:00', '200', 'bot-messages/premium/2024-07-01'],
    ['bot-basic', 'premium', '2024-07-01T00:00:00+08:00', '200', 'bot-basic/premium/2024-07-22'],
  ])('P-1.8 of intl-2024 %s on %s at %s is %s', (product, packageId, at, listPrice, row) => {
    const addOn = addOnOf(book('intl-2024'), product);
    expect(addOn && addOnPrice(book('intl-2024'), addOn, packageId, instant(at))).toEqual({
      listPrice,
      priceRow: `intl-2024@1/${row}`,
    });
  });

  it('P-2.8 there is none where an add-on is not open', () => {
    const desk = addOnOf(book('intl-2024'), 'desk');
    expect(desk && addOnPrice(book('intl-2024'), desk, 'trial', instant('2025-01-01T00:00:00Z'))).toBeNull();
  });

  it('P-1.8 every first row is of the default day but that of the free bot messages', () => {
    const firsts = BOOKS.flatMap((one) => [
      ...one.packages.map(({ id, prices }) => ({ one, id, rows: prices })),
      ...one.addOns.flatMap(({ id, openTo }) => Object.values(openTo).map((rows) => ({ one, id, rows }))),
    ]).filter(({ one, rows }) => rows[0] && rows[0].from !== one.defaultFrom.value);
    expect(firsts.map(({ one, id, rows }) => `${one.id} ${id} ${rows[0]?.from}`)).toEqual([
      'intl-2024 bot-messages 2024-01-01',
      'intl-2024 bot-messages 2024-01-01',
    ]);
  });
});
