/**
 * `intl-2024`: Trial for a month, Standard and Premium abroad in USD, prepaid, with desk, bots, calls and plug-ins, as S4
 * has them.
 *
 * Terms run to the same instant (P-2.4, S4's overview), those of the two plug-ins through the day before (S4 plug-in
 * prices, note). The data centres are ours (D), and so is that the add-ons need a paid package.
 */
import type { AddOnRow, MeterRow, PriceBook, PriceRow, Raises } from './price-book.js';
import { HIGHEST_DAY, comparedFeatures, limitsIn, since, type LimitTable } from './rows.js';

const DEFAULT_FROM = '2024-07-22';
const price = since(DEFAULT_FROM);
const row = (name: string): string => `S4 comparison table, row ${name}`;
const PACKAGE = 'S4 package prices, row package';
const DESK = 'S4 desk prices, row desk';
const SEATS = 'S4 desk prices, row seats';
const BASIC_BOT = 'S4 bot prices, row basic bot';
const ADVANCED_BOT = 'S4 bot prices, row advanced bot';
const MESSAGE_PACK = 'S4 bot prices, row message pack; D: for a month';
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

/** S4's add-ons but the plug-ins: to the same instant, and by quantity where each one more adds something. */
const addOn = (id: string, rows: readonly PriceRow[], source: string, raises: Raises, family = id): AddOnRow => ({
  id,
  family,
  openTo: { standard: rows, premium: rows },
  byQuantity: raises.plus !== undefined,
  raises,
  term: 'same-instant',
  source,
});

const plugIn = (id: string, monthly: string): AddOnRow => {
  const source = `S4 plug-in prices, row ${id}`;
  return { ...addOn(id, price(monthly, source), source, { features: [id] }), term: 'inclusive-day' };
};

const CALL: Raises = { features: ['call'] };

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
    addOn('desk', price('299', DESK), DESK, { limits: { deskSeats: 3 }, features: ['desk'] }),
    { ...addOn('desk-seat', price('50', SEATS), SEATS, { plus: { deskSeats: 1 } }), needs: 'desk' },
    addOn('bot-basic', price('200', BASIC_BOT), BASIC_BOT, { plus: { bots: 1 } }),
    addOn('bot-advanced', price('600', ADVANCED_BOT), ADVANCED_BOT, { plus: { bots: 1 } }),
    addOn(
      'bot-messages',
      [
        { from: '2024-01-01', price: '0', source: 'S4 bot prices, note on the free message pack; D: from when' },
        { from: '2024-07-01', price: '200', source: MESSAGE_PACK },
      ],
      MESSAGE_PACK,
      { plus: { botMessages: 100_000 } },
    ),
    {
      id: 'call-trial',
      family: 'call',
      openTo: { trial: price('0', CALLS), standard: price('0', CALLS), premium: price('0', CALLS) },
      byQuantity: false,
      raises: CALL,
      term: 'same-instant',
      trial: { days: 7, perApp: 2, perAccount: 10 },
      source: `${CALLS}; D: how often`,
    },
    addOn('call-1v1', price('199', CALLS), CALLS, CALL, 'call'),
    addOn('call-group', price('599', CALLS), CALLS, CALL, 'call'),
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
