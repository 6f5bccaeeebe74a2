/** `cn-2023`: Trial, Pro and Flagship on the mainland, as S1 has them; Pro dearer from 2024 on by P-1.8. */
import { CNY_2023_FROM, history, packages, price, wideningAddOns } from './cny-2023.js';
import type { MeterRow, PriceBook } from './price-book.js';
import { HIGHEST_DAY, ours } from './rows.js';

const UNIT_PRICE = 'S1 package prices, row unit price';
const ADD_ONS = 'S1 add-on prices';
const SAFETY = `${ADD_ONS}, row safety`;

const bandwidth = (region: string, perDay: string): MeterRow => ({
  ...HIGHEST_DAY,
  meter: 'bandwidth',
  region,
  figure: 'sum-of-days-rounded-up',
  free: 0,
  unit: 1,
  price: perDay,
  source: `${ADD_ONS}, row live-group bandwidth`,
});

export const CN_2023: PriceBook = {
  id: 'cn-2023',
  revision: 1,
  currency: 'CNY',
  dataCentres: ['mainland'],
  defaultFrom: ours(CNY_2023_FROM),
  packageTerm: 'inclusive-day',
  trialMonths: { value: null, source: 'S1 package prices, row validity' },
  packages: packages(
    [...price('999', UNIT_PRICE), { from: '2024-01-01', price: '1499', source: 'D' }],
    price('2999', UNIT_PRICE),
  ),
  addOns: [
    ...wideningAddOns(ADD_ONS),
    {
      id: 'safety',
      family: 'safety',
      openTo: { pro: price('1000', SAFETY), flagship: price('1000', SAFETY) },
      byQuantity: false,
      raises: { features: ['safety'] },
      term: 'inclusive-day',
      source: SAFETY,
    },
  ],
  meters: [
    {
      ...HIGHEST_DAY,
      meter: 'dau',
      free: 10_000,
      unit: 10_000,
      price: '1000',
      source: 'S1 overage prices, row peak DAU; D: the free quota',
    },
    {
      ...HIGHEST_DAY,
      meter: 'groups',
      free: 100_000,
      unit: 100_000,
      price: '1000',
      source: 'S1 overage prices, row peak groups; D: the free quota',
    },
    bandwidth('mainland', '2'),
    bandwidth('abroad', '4'),
  ],
  history: history(ADD_ONS),
  migratesTo: null,
};
