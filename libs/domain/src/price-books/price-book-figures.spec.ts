/**
 * The books against tables of their own: every figure once more, read from the seeds, and from the catalogue where it is ours.
 *
 * The first cell is the seed's row, the second the place in the book (`*` stands for the head of each further column), then
 * the figures; `no` is not there. A first price has no date: it is in force from the book's default day.
 */
import { BOOKS } from './books.js';
import type { PriceBook, PriceRow } from './price-book.js';

type Place = { readonly figure: string; readonly source: string };
type Claim = { readonly book: string; readonly where: string; readonly figure: string; readonly cites: string };

const textTable = (text: string): string[][] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));

/** Tables are written as tagged templates: the book and where the figures are from, then the rows. */
type Table = (text: TemplateStringsArray) => Claim[];

const table =
  (bookId: string, cites: (row: string) => string): Table =>
  ([text = '']) => {
    const [[, , ...heads] = [], ...rows] = textTable(text);
    return rows.flatMap(([row = '', where = '', ...figures]) =>
      figures.map((figure, i) => ({
        book: bookId,
        where: where.replace('*', heads[i] ?? ''),
        figure,
        cites: cites(row),
      })),
    );
  };

const seed = (bookId: string, title: string): Table =>
  table(bookId, (row) => `${title}, ${row.startsWith('note') ? row : `row ${row}`}`);
const ours = (bookId: string): Table => table(bookId, () => 'D');

/** Every figure of a book by its place. */
const placesOf = (one: PriceBook): [string, Place][] => {
  const { defaultFrom, trialMonths, migratesTo, packages, addOns, meters, history } = one;
  const dated = (path: string, rows: readonly PriceRow[]): [string, Place][] =>
    rows.map(({ from, price, source }, i) => [i === 0 ? path : `${path}.${from}`, { figure: price, source }]);
  const place = (path: string, figure: unknown, source: string): [string, Place] => [
    path,
    { figure: String(figure), source },
  ];
  return [
    place('defaultFrom', defaultFrom.value, defaultFrom.source),
    place('trialMonths', trialMonths.value, trialMonths.source),
    ...(migratesTo ? [place('migratesTo', migratesTo.value, migratesTo.source)] : []),
    ...packages.flatMap(({ id, prices, limits, features }) => [
      ...dated(`${id}.price`, prices),
      ...Object.entries(limits).map(([key, { value, source }]) => place(`${id}.${key}`, value, source)),
      ...features.map(({ value, source }) => place(`${id}.${value}`, 'yes', source)),
    ]),
    ...addOns.flatMap(({ id, openTo, raises, trial, source }) => [
      ...Object.entries(openTo).flatMap(([to, rows]) => dated(`${id}.price.${to}`, rows)),
      ...Object.entries(raises.limits ?? {}).map(([key, value]) => place(`${id}.${key}`, value, source)),
      ...Object.entries(raises.plus ?? {}).map(([key, value]) => place(`${id}.${key}`, `+${value}`, source)),
      ...(raises.features ?? []).map((feature) => place(`${id}.${feature}`, 'yes', source)),
      ...Object.entries(trial ?? {}).map(([key, value]) => place(`${id}.${key}`, value, source)),
    ]),
    ...meters.flatMap(({ meter, region, free, unit, price, source }) => {
      const path = region === null ? meter : `${meter}.${region}`;
      return [
        place(`${path}.free`, free, source),
        place(`${path}.unit`, unit, source),
        place(`${path}.price`, price, source),
      ];
    }),
    ...history.flatMap((row) => [
      place(`history.${row.package}.${row.days}`, row.price, row.source),
      ...(row.perDau === null ? [] : [place(`history.${row.package}.${row.days}.perDau`, row.perDau, row.source)]),
    ]),
  ];
};

const S0 = [
  ...seed('overseas-2023', 'S0 package and overage prices')`
    row         | where          | figure
    package     | pro.price      | 2999
    package     | flagship.price | 5999
    peak DAU    | dau.price      | 3000
    peak DAU    | dau.unit       | 10000
    peak groups | groups.price   | 3000
    peak groups | groups.unit    | 100000`,
  ...seed('overseas-2023', 'S0 add-on prices')`
    row               | where                               | figure
    live groups       | live-groups-unlimited.price.pro     | 1000
    live groups       | live-groups-unlimited.liveGroups    | unlimited
    members per group | members-2000.price.pro              | 500
    members per group | members-2000.membersPerGroup        | 2000
    members per group | members-6000.price.flagship         | 500
    members per group | members-6000.membersPerGroup        | 6000
    groups per user   | groups-per-user-1000.price.pro      | 1100
    groups per user   | groups-per-user-1000.groupsPerUser  | 1000
    groups per user   | groups-per-user-3000.price.flagship | 900
    groups per user   | groups-per-user-3000.groupsPerUser  | 3000`,
  ...seed('overseas-2023', 'S0 add-on prices')`
    row             | where         | 30  | 90   | 180  | 360
    history storage | history.pro.* | 500 | 1000 | 1500 | 2500`,
  ...seed('overseas-2023', 'S0 add-on prices')`
    row             | where              | 30 | 90  | 180  | 360
    history storage | history.flagship.* | no | 500 | 1000 | 2000`,
  ...seed('overseas-2023', 'S0 add-on prices')`
    row   | where            | call-1v1 | call-group-380k | call-group-1400k
    calls | *.price.pro      | 500      | 1500            | 5000
    calls | *.price.flagship | 500      | 1500            | 5000
    calls | *.callMinutes    | 110000   | 380000          | 1400000
    calls | *.call           | yes      | yes             | yes`,
];

const S1 = [
  ...seed('cn-2023', 'S1 package prices')`
    row        | where          | figure
    unit price | pro.price      | 999
    unit price | flagship.price | 2999
    validity   | trialMonths    | null`,
  ...seed('cn-2023', 'S1 overage prices')`
    row         | where        | figure
    peak DAU    | dau.price    | 1000
    peak DAU    | dau.unit     | 10000
    peak groups | groups.price | 1000
    peak groups | groups.unit  | 100000`,
  ...seed('cn-2023', 'S1 add-on prices')`
    row                  | where                               | figure
    live groups          | live-groups-unlimited.price.pro     | 1000
    live groups          | live-groups-unlimited.liveGroups    | unlimited
    members per group    | members-2000.price.pro              | 500
    members per group    | members-2000.membersPerGroup        | 2000
    members per group    | members-6000.price.flagship         | 500
    members per group    | members-6000.membersPerGroup        | 6000
    groups per user      | groups-per-user-1000.price.pro      | 1100
    groups per user      | groups-per-user-1000.groupsPerUser  | 1000
    groups per user      | groups-per-user-3000.price.flagship | 900
    groups per user      | groups-per-user-3000.groupsPerUser  | 3000
    safety               | safety.price.pro                    | 1000
    safety               | safety.price.flagship               | 1000
    safety               | safety.safety                       | yes
    live-group bandwidth | bandwidth.mainland.price            | 2
    live-group bandwidth | bandwidth.mainland.unit             | 1
    live-group bandwidth | bandwidth.mainland.free             | 0
    live-group bandwidth | bandwidth.abroad.price              | 4
    live-group bandwidth | bandwidth.abroad.unit               | 1
    live-group bandwidth | bandwidth.abroad.free               | 0`,
  ...seed('cn-2023', 'S1 add-on prices')`
    row             | where         | 30  | 90   | 180  | 360
    history storage | history.pro.* | 500 | 1000 | 1500 | 2500`,
  ...seed('cn-2023', 'S1 add-on prices')`
    row             | where              | 30 | 90  | 180  | 360
    history storage | history.flagship.* | no | 500 | 1000 | 2000`,
];

const S2 = [
  ...seed('cn-2019', 'S2 package table')`
    row          | where             | trial | pro
    capabilities | *.users           | 100   | unlimited
    capabilities | *.membersPerGroup | 20    | 200
    capabilities | *.friendsPerUser  | 20    | 3000
    capabilities | *.groupsPerUser   | 50    | 200
    capabilities | *.liveGroups      | 10    | 50`,
  ...seed('cn-2019', 'S2 package table')`
    row          | where             | figure
    price        | pro.price         | 999
    capabilities | pro.dauQuota      | 100000
    capabilities | pro.global-access | yes`,
  ...seed('cn-2019', 'S2 add-on table')`
    row               | where                              | figure
    live groups       | live-groups-unlimited.price.pro    | 1000
    live groups       | live-groups-unlimited.liveGroups   | unlimited
    members per group | members-2000.price.pro             | 500
    members per group | members-2000.membersPerGroup       | 2000
    members per group | members-6000.price.pro             | 1000
    members per group | members-6000.membersPerGroup       | 6000
    groups per user   | groups-per-user-400.price.pro      | 500
    groups per user   | groups-per-user-400.groupsPerUser  | 400
    groups per user   | groups-per-user-700.price.pro      | 900
    groups per user   | groups-per-user-700.groupsPerUser  | 700
    groups per user   | groups-per-user-1000.price.pro     | 1100
    groups per user   | groups-per-user-1000.groupsPerUser | 1000`,
  ...seed('cn-2019', 'S2 resource table')`
    row                  | where                    | figure
    DAU                  | dau.free                 | 100000
    DAU                  | dau.unit                 | 100000
    DAU                  | dau.price                | 10000
    history storage      | trial.historyDays        | 7
    history storage      | pro.historyDays          | 7
    groups               | groups.free              | 100000
    groups               | groups.unit              | 100000
    groups               | groups.price             | 1000
    groups               | pro.groupsQuota          | 100000
    live-group bandwidth | bandwidth.mainland.free  | 0
    live-group bandwidth | bandwidth.mainland.unit  | 1
    live-group bandwidth | bandwidth.mainland.price | 2
    live-group bandwidth | bandwidth.abroad.price   | no`,
  ...seed('cn-2019', 'S2 resource table')`
    row             | where                | 30     | 90     | 180    | 360
    history storage | history.pro.*        | 500    | 500    | 500    | 500
    history storage | history.pro.*.perDau | 100000 | 100000 | 100000 | 100000`,
];

const S3 = [
  ...seed('intl-2022', 'S3 comparison table')`
    row                                | where                   | trial | standard  | premium
    global access                      | *.global-access         | yes   | yes       | yes
    users                              | *.users                 | 100   | unlimited | unlimited
    friends per user                   | *.friendsPerUser        | 20    | 3000      | 3000
    groups per user                    | *.groupsPerUser         | 50    | 500       | 1000
    members per group                  | *.membersPerGroup       | 20    | 200       | 2000
    ordinary groups                    | *.ordinaryGroups        | 100   | unlimited | unlimited
    live groups                        | *.liveGroups            | 10    | 50        | unlimited
    new groups a day                   | *.newGroupsPerDay       | 100   | 10000     | 10000
    history storage                    | *.historyDays           | 7     | 7         | 30
    free MAU                           | *.mauQuota              | 100   | 10000     | 10000
    push to all                        | *.push-to-all           | yes   | no        | yes
    several devices of a platform      | *.multi-device          | yes   | no        | yes
    local message search               | *.local-search          | yes   | no        | yes
    history for new live-group members | *.live-history          | yes   | no        | yes
    communities                        | *.community             | yes   | no        | yes
    group read receipts                | *.read-receipts         | yes   | no        | yes
    directed group messages            | *.directed-messages     | yes   | no        | yes
    online members of a live group     | *.live-members          | yes   | no        | yes
    live-group broadcast               | *.live-broadcast        | yes   | no        | yes
    user status                        | *.user-status           | yes   | no        | yes
    conversation marks                 | *.conversation-marks    | yes   | no        | yes
    conversation groups                | *.conversation-groups   | yes   | no        | yes
    live-group bans                    | *.live-ban              | yes   | no        | yes
    note on new groups a day           | *.broadcastGroupsPerDay | 5     | 5         | 5`,
  ...seed('intl-2022', 'S3 comparison table')`
    row      | where    | figure
    free MAU | mau.free | 10000`,
  ...seed('intl-2022', 'S3 call trial')`
    row                         | where                     | figure
    note on its days and number | call-trial.price.trial    | 0
    note on its days and number | call-trial.price.standard | 0
    note on its days and number | call-trial.price.premium  | 0
    note on its days and number | call-trial.days           | 60
    note on its days and number | call-trial.perApp         | 2
    note on its days and number | call-trial.perAccount     | 10
    note on its days and number | call-trial.call           | yes`,
];

const S4 = [
  ...seed('intl-2024', 'S4 overview')`
    row               | where       | figure
    note on the trial | trialMonths | 1`,
  ...seed('intl-2024', 'S4 comparison table')`
    row                                | where                 | trial     | standard  | premium
    global access                      | *.global-access       | yes       | yes       | yes
    users                              | *.users               | unlimited | unlimited | unlimited
    friends per user                   | *.friendsPerUser      | 20        | 3000      | 3000
    groups per user                    | *.groupsPerUser       | 50        | 500       | 1000
    members per group                  | *.membersPerGroup     | 20        | 200       | 2000
    ordinary groups                    | *.ordinaryGroups      | 100       | unlimited | unlimited
    live groups                        | *.liveGroups          | 50        | 50        | unlimited
    new groups a day                   | *.newGroupsPerDay     | 100       | 10000     | 10000
    history storage                    | *.historyDays         | 7         | 7         | 30
    free MAU                           | *.mauQuota            | 100       | 10000     | 10000
    push to all                        | *.push-to-all         | yes       | no        | no
    several devices of a platform      | *.multi-device        | yes       | no        | yes
    local message search               | *.local-search        | yes       | no        | yes
    history for new live-group members | *.live-history        | yes       | no        | yes
    communities                        | *.community           | yes       | no        | yes
    group read receipts                | *.read-receipts       | yes       | no        | yes
    directed group messages            | *.directed-messages   | yes       | no        | yes
    online members of a live group     | *.live-members        | yes       | no        | yes
    live-group broadcast               | *.live-broadcast      | yes       | no        | yes
    user status                        | *.user-status         | yes       | no        | yes
    conversation marks                 | *.conversation-marks  | yes       | no        | yes
    conversation groups                | *.conversation-groups | yes       | no        | yes
    live-group bans                    | *.live-ban            | yes       | no        | yes`,
  ...seed('intl-2024', 'S4 comparison table')`
    row      | where    | figure
    free MAU | mau.free | 10000`,
  ...seed('intl-2024', 'S4 package prices')`
    row         | where          | figure
    package     | standard.price | 399
    package     | premium.price  | 699
    MAU overage | mau.price      | 0.015
    MAU overage | mau.unit       | 1`,
  ...seed('intl-2024', 'S4 desk prices')`
    row   | where             | standard | premium
    desk  | desk.price.*      | 299      | 299
    seats | desk-seat.price.* | 50       | 50`,
  ...seed('intl-2024', 'S4 desk prices')`
    row   | where               | figure
    desk  | desk.deskSeats      | 3
    desk  | desk.desk           | yes
    seats | desk-seat.deskSeats | +1`,
  ...seed('intl-2024', 'S4 bot prices')`
    row                           | where                           | standard | premium
    basic bot                     | bot-basic.price.*               | 200      | 200
    advanced bot                  | bot-advanced.price.*            | 600      | 600
    note on the free message pack | bot-messages.price.*            | 0        | 0
    message pack                  | bot-messages.price.*.2024-07-01 | 200      | 200`,
  ...seed('intl-2024', 'S4 bot prices')`
    row          | where                    | figure
    basic bot    | bot-basic.bots           | +1
    advanced bot | bot-advanced.bots        | +1
    message pack | bot-messages.botMessages | +100000`,
  ...seed('intl-2024', 'S4 call prices')`
    row     | where | call-trial.price.trial | call-trial.price.standard | call-trial.price.premium
    prepaid | *     | 0                      | 0                         | 0`,
  ...seed('intl-2024', 'S4 call prices')`
    row     | where              | standard | premium
    prepaid | call-1v1.price.*   | 199      | 199
    prepaid | call-group.price.* | 599      | 599`,
  ...seed('intl-2024', 'S4 call prices')`
    row     | where           | figure
    prepaid | call-trial.days | 7
    prepaid | call-trial.call | yes
    prepaid | call-1v1.call   | yes
    prepaid | call-group.call | yes`,
  ...seed('intl-2024', 'S4 plug-in prices')`
    row    | where          | standard | premium
    push   | push.price.*   | 299      | 299
    search | search.price.* | 399      | 399`,
  ...seed('intl-2024', 'S4 plug-in prices')`
    row  | where   | push-calls | push-messages
    push | *.free  | 100        | 30000000
    push | *.unit  | 1          | 10000
    push | *.price | 10         | 0.1`,
  ...seed('intl-2024', 'S4 plug-in prices')`
    row    | where   | search-messages | search-requests
    search | *.free  | 1500000         | 300000
    search | *.unit  | 30000           | 10000
    search | *.price | 4               | 4`,
  ...seed('intl-2024', 'S4 plug-in prices')`
    row    | where         | figure
    push   | push.push     | yes
    search | search.search | yes`,
];

const D = [
  ...ours('cn-2019')`
    catalogue | where                   | trial     | pro
    limits    | *.ordinaryGroups        | unlimited | unlimited
    limits    | *.newGroupsPerDay       | 10000     | 10000
    limits    | *.broadcastGroupsPerDay | 5         | 5`,
  ...ours('cn-2019')`
    catalogue | where               | figure
    books     | defaultFrom         | 2019-01-01
    P-1.4     | trialMonths         | null
    books     | migratesTo          | cn-2023
    limits    | trial.dauQuota      | 0
    limits    | trial.groupsQuota   | 0
    features  | trial.global-access | yes`,
  ...['cn-2023', 'overseas-2023'].flatMap((id) => [
    ...ours(id)`
    catalogue | where                   | trial | pro       | flagship
    limits    | *.users                 | 100   | unlimited | unlimited
    limits    | *.friendsPerUser        | 20    | 3000      | 3000
    limits    | *.groupsPerUser         | 50    | 500       | 1000
    limits    | *.membersPerGroup       | 20    | 200       | 2000
    limits    | *.ordinaryGroups        | 100   | unlimited | unlimited
    limits    | *.liveGroups            | 10    | 50        | unlimited
    limits    | *.newGroupsPerDay       | 100   | 10000     | 10000
    limits    | *.broadcastGroupsPerDay | 5     | 5         | 5
    limits    | *.historyDays           | 7     | 7         | 30
    limits    | *.dauQuota              | 100   | 10000     | 10000
    limits    | *.groupsQuota           | 100   | 100000    | 100000
    features  | *.global-access         | yes   | yes       | yes
    features  | *.push-to-all           | no    | no        | yes
    features  | *.multi-device          | no    | no        | yes
    features  | *.local-search          | no    | no        | yes
    features  | *.live-history          | no    | no        | yes
    features  | *.community             | no    | no        | yes
    features  | *.read-receipts         | no    | no        | yes
    features  | *.directed-messages     | no    | no        | yes
    features  | *.live-members          | no    | no        | yes
    features  | *.live-broadcast        | no    | no        | yes
    features  | *.user-status           | no    | no        | yes
    features  | *.conversation-marks    | no    | no        | yes
    features  | *.conversation-groups   | no    | no        | yes
    features  | *.live-ban              | no    | no        | yes`,
    ...ours(id)`
    catalogue | where       | figure
    books     | defaultFrom | 2023-01-01
    meters    | dau.free    | 10000
    meters    | groups.free | 100000
    books     | migratesTo  | no`,
  ]),
  ...ours('cn-2023')`
    catalogue | where                | figure
    P-1.8     | pro.price.2024-01-01 | 1499`,
  ...ours('overseas-2023')`
    catalogue | where           | figure
    P-1.4     | trialMonths     | null
    meters    | bandwidth.price | no`,
  ...ours('intl-2022')`
    catalogue      | where          | figure
    books          | defaultFrom    | 2022-12-26
    P-1.4          | trialMonths    | null
    books          | migratesTo     | intl-2024
    package prices | standard.price | 399
    package prices | premium.price  | 699
    meters         | mau.unit       | 1
    meters         | mau.price      | 0.015`,
  ...ours('intl-2024')`
    catalogue | where                          | figure
    books     | defaultFrom                    | 2024-07-22
    books     | migratesTo                     | no
    limits    | trial.broadcastGroupsPerDay    | 5
    limits    | standard.broadcastGroupsPerDay | 5
    limits    | premium.broadcastGroupsPerDay  | 5
    P-2.10    | call-trial.perApp              | 2
    P-2.10    | call-trial.perAccount          | 10`,
];

const PLACES = BOOKS.flatMap((one) => placesOf(one).map(([where, place]) => [`${one.id} ${where}`, place] as const));
const BY_PLACE = new Map(PLACES);
const placeOf = ({ book: id, where }: Claim): Place | undefined => BY_PLACE.get(`${id} ${where}`);
const line = ({ book: id, where }: Claim, figure: string): string => `${id} ${where}: ${figure}`;

describe('P-10 every figure of the books', () => {
  it.each([
    ['S0', S0],
    ['S1', S1],
    ['S2', S2],
    ['S3', S3],
    ['S4', S4],
    ['D', D],
  ])('P-10 is as %s has it, and says so', (_, rows) => {
    expect(rows.map((claim) => line(claim, placeOf(claim)?.figure ?? 'no'))).toEqual(
      rows.map((claim) => line(claim, claim.figure)),
    );
    // A source may name two origins: the row of the price, and that of the free quota.
    const cited = (source: string): string[] => source.split('; ').map((part) => part.replace(/^D\b.*/, 'D'));
    const wrong = rows.filter(
      (claim) => claim.figure !== 'no' && !cited(placeOf(claim)?.source ?? '').includes(claim.cites),
    );
    expect(wrong.map((claim) => `${line(claim, placeOf(claim)?.source ?? '')} instead of ${claim.cites}`)).toEqual([]);
  });

  it('P-10 is in exactly one of these tables', () => {
    const claimed = [...S0, ...S1, ...S2, ...S3, ...S4, ...D]
      .filter(({ figure }) => figure !== 'no')
      .map(({ book: id, where }) => `${id} ${where}`);
    const held = PLACES.map(([where]) => where);
    expect(claimed.toSorted()).toEqual(held.toSorted());
  });
});
