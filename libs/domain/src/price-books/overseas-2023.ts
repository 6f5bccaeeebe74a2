/**
 * `overseas-2023`: Trial, Pro and Flagship abroad in CNY, as S0 has them.
 *
 * S0 names the five countries of the data centres and is silent on the term: it is that of `cn-2023` (D). The call prices
 * are S0's limited-time ones; it gives no others.
 */
import { CNY_2023_FROM, history, packages, price, wideningAddOns } from './cny-2023.js';
import type { AddOnRow, PriceBook } from './price-book.js';
import { HIGHEST_DAY, ours } from './rows.js';

const PACKAGE = 'S0 package and overage prices, row package';
const ADD_ONS = 'S0 add-on prices';
const CALLS = `${ADD_ONS}, row calls`;

const call = (id: string, monthly: string, callMinutes: number): AddOnRow => ({
  id,
  family: 'call',
  openTo: { pro: price(monthly, CALLS), flagship: price(monthly, CALLS) },
  byQuantity: false,
  raises: { limits: { callMinutes }, features: ['call'] },
  term: 'inclusive-day',
  source: CALLS,
});

export const OVERSEAS_2023: PriceBook = {
  id: 'overseas-2023',
  revision: 1,
  currency: 'CNY',
  dataCentres: ['singapore', 'seoul', 'frankfurt', 'silicon-valley', 'mumbai'],
  defaultFrom: ours(CNY_2023_FROM),
  packageTerm: 'inclusive-day',
  trialMonths: { value: null, source: "D: S1's" },
  packages: packages(price('2999', PACKAGE), price('5999', PACKAGE)),
  addOns: [
    ...wideningAddOns(ADD_ONS),
    call('call-1v1', '500', 110_000),
    call('call-group-380k', '1500', 380_000),
    call('call-group-1400k', '5000', 1_400_000),
  ],
  meters: [
    {
      ...HIGHEST_DAY,
      meter: 'dau',
      free: 10_000,
      unit: 10_000,
      price: '3000',
      source: 'S0 package and overage prices, row peak DAU; D: the free quota',
    },
    {
      ...HIGHEST_DAY,
      meter: 'groups',
      free: 100_000,
      unit: 100_000,
      price: '3000',
      source: 'S0 package and overage prices, row peak groups; D: the free quota',
    },
  ],
  history: history(ADD_ONS),
  migratesTo: null,
};
