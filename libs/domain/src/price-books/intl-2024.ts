/**
 * `intl-2024`: Trial for a month, Standard and Premium abroad in USD, prepaid, with desk, bots, calls and plug-ins, as S4
 * has them.
 *
 * Terms run to the same instant (P-2.4, S4's overview), those of the two plug-ins through the day before (S4 plug-in
 * prices, note). The data centres are ours (D), and so is that the add-ons need a paid package.
 */
import type { AddOnRow, MeterRow, PriceBook, PriceRow } from './price-book.js';
import { HIGHEST_DAY, comparedFeatures, limitsIn, since, type LimitTable } from './rows.js';

const DEFAULT_FROM = '2024-07-22';
const price = since(DEFAULT_FROM);
const row = (name: string): string => `S4 comparison table, row ${name}`;
const PACKAGE = 'S4 package prices, row package';
const CALLS = 'S4 call prices, row prepaid';

// trial, standard, premium
const LIMITS: LimitTable = {
  users: [row('users'), 'unlimited', 'unlimited', 'unlimited'],
  friendsPerUser: [row('friends per user'), 20, 3000, 3000],
  groupsPerUser: [row('groups per user'), 50, 500, 1000],
  membersPerGroup: [row('members per group'), 20, 200, 2000],
  ordinaryGroups: [row('ordinary groups'), 100, 'unlimited', 'unlimited'],
  liveGroups: [row('live groups'), 50, 50, 'unlimited'],
  newGroupsPerDay: [row('new groups a day'), 100, 10_000, 10_000],
  broadcastGroupsPerDay: ['D', 5, 5, 5],
  historyDays: [row('history storage'), 7, 7, 30],
  mauQuota: [row('free MAU'), 100, 10_000, 10_000],
};

const globalAccess = { value: 'global-access', source: row('global access') };
const pushToAll = { value: 'push-to-all', source: row('push to all') };

const paid = (rows: readonly PriceRow[]): AddOnRow['openTo'] => ({ standard: rows, premium: rows });

/** S4's add-ons but the plug-ins: to the same instant, and by quantity where each one more adds something. */
const addOn = (id: string, family: string, monthly: string, source: string, raises: AddOnRow['raises']): AddOnRow => ({
  id,
  family,
  openTo: paid(price(monthly, source)),
  byQuantity: raises.plus !== undefined,
  raises,
  term: 'same-instant',
  source,
});

const plugIn = (id: string, monthly: string): AddOnRow => ({
  ...addOn(id, id, monthly, `S4 plug-in prices, row ${id}`, { features: [id] }),
  term: 'inclusive-day',
});

const overage = (of: string, meter: string, free: number, unit: number, each: string): MeterRow => ({
  ...HIGHEST_DAY,
  meter,
  figure: 'sum-of-days',
  free,
  unit,
  price: each,
  plugIn: of,
  source: `S4 plug-in prices, row ${of}`,
});

export const INTL_2024: PriceBook = {
  id: 'intl-2024',
  revision: 1,
  currency: 'USD',
  dataCentres: ['singapore', 'seoul', 'frankfurt', 'silicon-valley', 'mumbai'],
  defaultFrom: { value: DEFAULT_FROM, source: "D: the day of S4's price page" },
  packageTerm: 'same-instant',
  trialMonths: { value: 1, source: 'S4 overview, note on the trial' },
  packages: [
    {
      id: 'trial',
      prices: [],
      limits: limitsIn(LIMITS, 0),
      features: [globalAccess, pushToAll, ...comparedFeatures(row)],
    },
    { id: 'standard', prices: price('399', PACKAGE), limits: limitsIn(LIMITS, 1), features: [globalAccess] },
    {
      id: 'premium',
      prices: price('699', PACKAGE),
      limits: limitsIn(LIMITS, 2),
      features: [globalAccess, ...comparedFeatures(row)],
    },
  ],
  addOns: [
    addOn('desk', 'desk', '299', 'S4 desk prices, row desk', { limits: { deskSeats: 3 }, features: ['desk'] }),
    {
      ...addOn('desk-seat', 'desk-seat', '50', 'S4 desk prices, row seats', { plus: { deskSeats: 1 } }),
      needs: 'desk',
    },
    addOn('bot-basic', 'bot-basic', '200', 'S4 bot prices, row basic bot', { plus: { bots: 1 } }),
    addOn('bot-advanced', 'bot-advanced', '600', 'S4 bot prices, row advanced bot', { plus: { bots: 1 } }),
    {
      ...addOn('bot-messages', 'bot-messages', '200', 'S4 bot prices, row message pack; D: for a month', {
        plus: { botMessages: 100_000 },
      }),
      openTo: paid([
        { from: '2024-01-01', price: '0', source: 'S4 bot prices, note on the free message pack; D: from when' },
        { from: '2024-07-01', price: '200', source: 'S4 bot prices, row message pack; D: for a month' },
      ]),
    },
    {
      ...addOn('call-trial', 'call', '0', `${CALLS}; D: how often`, { features: ['call'] }),
      openTo: { trial: price('0', CALLS), ...paid(price('0', CALLS)) },
      trial: { days: 7, perApp: 2, perAccount: 10 },
    },
    addOn('call-1v1', 'call', '199', CALLS, { features: ['call'] }),
    addOn('call-group', 'call', '599', CALLS, { features: ['call'] }),
    plugIn('push', '299'),
    plugIn('search', '399'),
  ],
  meters: [
    {
      ...HIGHEST_DAY,
      meter: 'mau',
      free: 10_000,
      unit: 1,
      price: '0.015',
      source: `S4 package prices, row MAU overage; ${row('free MAU')}`,
    },
    { ...overage('push', 'push-calls', 100, 1, '10'), figure: 'each-day' },
    overage('push', 'push-messages', 30_000_000, 10_000, '0.1'),
    overage('search', 'search-messages', 1_500_000, 30_000, '4'),
    overage('search', 'search-requests', 300_000, 10_000, '4'),
  ],
  history: [],
  migratesTo: null,
};
