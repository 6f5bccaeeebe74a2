/**
 * What `cn-2023` (S1) and `overseas-2023` (S0) have in common: the same packages, and word for word the same add-ons and
 * history tiers at the same prices. S0 and S1 say nothing of limits: all of them are ours.
 */
import type { AddOnRow, HistoryRow, Limits, PackageRow, PriceRow, Source } from './price-book.js';
import { comparedFeatures, limitsIn, ours, since, type LimitTable } from './rows.js';

export const CNY_2023_FROM = '2023-01-01';
export const price = since(CNY_2023_FROM);

// trial, pro, flagship
const LIMITS: LimitTable = {
  users: ['D', 100, 'unlimited', 'unlimited'],
  friendsPerUser: ['D', 20, 3000, 3000],
  groupsPerUser: ['D', 50, 500, 1000],
  membersPerGroup: ['D', 20, 200, 2000],
  ordinaryGroups: ['D', 100, 'unlimited', 'unlimited'],
  liveGroups: ['D', 10, 50, 'unlimited'],
  newGroupsPerDay: ['D', 100, 10_000, 10_000],
  broadcastGroupsPerDay: ['D', 5, 5, 5],
  historyDays: ['D', 7, 7, 30],
  dauQuota: ['D', 100, 10_000, 10_000],
  groupsQuota: ['D', 100, 100_000, 100_000],
};

export const packages = (pro: readonly PriceRow[], flagship: readonly PriceRow[]): readonly PackageRow[] => [
  { id: 'trial', prices: [], limits: limitsIn(LIMITS, 0), features: [ours('global-access')] },
  { id: 'pro', prices: pro, limits: limitsIn(LIMITS, 1), features: [ours('global-access')] },
  {
    id: 'flagship',
    prices: flagship,
    limits: limitsIn(LIMITS, 2),
    features: [ours('global-access'), ours('push-to-all'), ...comparedFeatures(() => 'D')],
  },
];

/** The add-ons that widen a limit; `table` is the seed's table of add-on prices. */
export const wideningAddOns = (table: Source): readonly AddOnRow[] => {
  const addOn = (id: string, family: string, row: string, to: string, monthly: string, limits: Limits): AddOnRow => ({
    id,
    family,
    openTo: { [to]: price(monthly, `${table}, row ${row}`) },
    byQuantity: false,
    raises: { limits },
    term: 'inclusive-day',
    source: `${table}, row ${row}`,
  });
  return [
    addOn('live-groups-unlimited', 'live-groups', 'live groups', 'pro', '1000', { liveGroups: 'unlimited' }),
    addOn('members-2000', 'members', 'members per group', 'pro', '500', { membersPerGroup: 2000 }),
    addOn('members-6000', 'members', 'members per group', 'flagship', '500', { membersPerGroup: 6000 }),
    addOn('groups-per-user-1000', 'groups-per-user', 'groups per user', 'pro', '1100', { groupsPerUser: 1000 }),
    addOn('groups-per-user-3000', 'groups-per-user', 'groups per user', 'flagship', '900', { groupsPerUser: 3000 }),
  ];
};

/** Flagship has 30 days without charge: no tier. */
export const history = (table: Source): readonly HistoryRow[] => {
  const tier = (id: string, days: number, monthly: string): HistoryRow => ({
    package: id,
    days,
    price: monthly,
    perDau: null,
    source: `${table}, row history storage`,
  });
  return [
    tier('pro', 30, '500'),
    tier('pro', 90, '1000'),
    tier('pro', 180, '1500'),
    tier('pro', 360, '2500'),
    tier('flagship', 90, '500'),
    tier('flagship', 180, '1000'),
    tier('flagship', 360, '2000'),
  ];
};
