/**
 * `cn-2019`: Trial and Pro on the mainland, as S2 has them.
 *
 * The term is S2's own example (P-2.4: 2019-02-12 to 2019-03-11). Bandwidth abroad has no row: S2 sends to the sales desk.
 */
import type { AddOnRow, Limits, PriceBook } from './price-book.js';
import { HIGHEST_DAY, limitsIn, ours, since, type LimitTable } from './rows.js';

const DEFAULT_FROM = '2019-01-01';
const price = since(DEFAULT_FROM);
const CAPABILITIES = 'S2 package table, row capabilities';
const HISTORY = 'S2 resource table, row history storage';

// trial, pro
const LIMITS: LimitTable = {
  users: [CAPABILITIES, 100, 'unlimited'],
  friendsPerUser: [CAPABILITIES, 20, 3000],
  groupsPerUser: [CAPABILITIES, 50, 200],
  membersPerGroup: [CAPABILITIES, 20, 200],
  ordinaryGroups: ['D', 'unlimited', 'unlimited'],
  liveGroups: [CAPABILITIES, 10, 50],
  newGroupsPerDay: ['D', 10_000, 10_000],
  broadcastGroupsPerDay: ['D', 5, 5],
  historyDays: [HISTORY, 7, 7],
  dauQuota: [CAPABILITIES, ours(0), 100_000],
  groupsQuota: ['S2 resource table, row groups', ours(0), 100_000],
};

const addOn = (id: string, family: string, row: string, monthly: string, limits: Limits): AddOnRow => ({
  id,
  family,
  openTo: { pro: price(monthly, `S2 add-on table, row ${row}`) },
  byQuantity: false,
  raises: { limits },
  term: 'inclusive-day',
  source: `S2 add-on table, row ${row}`,
});

export const CN_2019: PriceBook = {
  id: 'cn-2019',
  revision: 1,
  currency: 'CNY',
  dataCentres: ['mainland'],
  defaultFrom: ours(DEFAULT_FROM),
  packageTerm: 'inclusive-day',
  trialMonths: { value: null, source: "D: S1's" },
  packages: [
    {
      id: 'trial',
      prices: [],
      limits: limitsIn(LIMITS, 0),
      // S2 names it for Pro only, but calls what Trial has complete.
      features: [ours('global-access')],
    },
    {
      id: 'pro',
      prices: price('999', 'S2 package table, row price'),
      limits: limitsIn(LIMITS, 1),
      features: [{ value: 'global-access', source: CAPABILITIES }],
    },
  ],
  addOns: [
    addOn('live-groups-unlimited', 'live-groups', 'live groups', '1000', { liveGroups: 'unlimited' }),
    addOn('members-2000', 'members', 'members per group', '500', { membersPerGroup: 2000 }),
    addOn('members-6000', 'members', 'members per group', '1000', { membersPerGroup: 6000 }),
    addOn('groups-per-user-400', 'groups-per-user', 'groups per user', '500', { groupsPerUser: 400 }),
    addOn('groups-per-user-700', 'groups-per-user', 'groups per user', '900', { groupsPerUser: 700 }),
    addOn('groups-per-user-1000', 'groups-per-user', 'groups per user', '1100', { groupsPerUser: 1000 }),
  ],
  meters: [
    {
      ...HIGHEST_DAY,
      meter: 'dau',
      free: 100_000,
      unit: 100_000,
      price: '10000',
      source: 'S2 resource table, row DAU',
    },
    {
      ...HIGHEST_DAY,
      meter: 'groups',
      fromDay: 4,
      free: 100_000,
      unit: 100_000,
      price: '1000',
      source: 'S2 resource table, row groups',
    },
    {
      ...HIGHEST_DAY,
      meter: 'bandwidth',
      region: 'mainland',
      figure: 'sum-of-days-rounded-up',
      free: 0,
      unit: 1,
      price: '2',
      source: 'S2 resource table, row live-group bandwidth',
    },
  ],
  history: [30, 90, 180, 360].map((days) => ({
    package: 'pro',
    days,
    price: '500',
    perDau: 100_000,
    source: `${HISTORY}; D: the tiers`,
  })),
  migratesTo: ours('cn-2023'),
};
