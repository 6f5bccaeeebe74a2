/**
 * `intl-2022`: Trial, Standard and Premium abroad in USD, settled monthly (P-7.11), as S3 has them.
 *
 * S3 compares the packages but gives no price: the package prices and the MAU price are S4's (D), and so are the data
 * centres; S3 mentions two of them.
 */
import type { PriceBook } from './price-book.js';
import { HIGHEST_DAY, comparedFeatures, limitsIn, ours, since, type LimitTable } from './rows.js';

const DEFAULT_FROM = '2022-12-26';
const price = since(DEFAULT_FROM);
const row = (name: string): string => `S3 comparison table, row ${name}`;
const CALL_TRIAL = 'S3 call trial, note on its days and number';

// trial, standard, premium
const LIMITS: LimitTable = {
  users: [row('users'), 100, 'unlimited', 'unlimited'],
  friendsPerUser: [row('friends per user'), 20, 3000, 3000],
  groupsPerUser: [row('groups per user'), 50, 500, 1000],
  membersPerGroup: [row('members per group'), 20, 200, 2000],
  ordinaryGroups: [row('ordinary groups'), 100, 'unlimited', 'unlimited'],
  liveGroups: [row('live groups'), 10, 50, 'unlimited'],
  newGroupsPerDay: [row('new groups a day'), 100, 10_000, 10_000],
  broadcastGroupsPerDay: ['S3 comparison table, note on new groups a day', 5, 5, 5],
  historyDays: [row('history storage'), 7, 7, 30],
  mauQuota: [row('free MAU'), 100, 10_000, 10_000],
};

const globalAccess = { value: 'global-access', source: row('global access') };
// Premium has it on application (S3); an application is nothing that the ledger knows.
const pushToAll = { value: 'push-to-all', source: row('push to all') };

export const INTL_2022: PriceBook = {
  id: 'intl-2022',
  revision: 1,
  currency: 'USD',
  dataCentres: ['singapore', 'seoul', 'frankfurt', 'silicon-valley', 'mumbai'],
  defaultFrom: { value: DEFAULT_FROM, source: "D: S3's notice of the day on which the scheme before it ended" },
  packageTerm: 'postpaid',
  trialMonths: ours(null),
  packages: [
    {
      id: 'trial',
      prices: [],
      limits: limitsIn(LIMITS, 0),
      features: [globalAccess, pushToAll, ...comparedFeatures(row)],
    },
    { id: 'standard', prices: price('399', "D: S4's"), limits: limitsIn(LIMITS, 1), features: [globalAccess] },
    {
      id: 'premium',
      prices: price('699', "D: S4's"),
      limits: limitsIn(LIMITS, 2),
      features: [globalAccess, pushToAll, ...comparedFeatures(row)],
    },
  ],
  addOns: [
    {
      id: 'call-trial',
      family: 'call',
      openTo: { trial: price('0', CALL_TRIAL), standard: price('0', CALL_TRIAL), premium: price('0', CALL_TRIAL) },
      byQuantity: false,
      raises: { features: ['call'] },
      term: 'same-instant',
      trial: { days: 60, perApp: 2, perAccount: 10 },
      source: CALL_TRIAL,
    },
  ],
  meters: [
    {
      ...HIGHEST_DAY,
      meter: 'mau',
      free: 10_000,
      unit: 1,
      price: '0.015',
      source: `${row('free MAU')}; D: S4's price`,
    },
  ],
  history: [],
  migratesTo: ours('intl-2024'),
};
