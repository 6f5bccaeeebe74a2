/** What an order costs: the price row in force, times months and quantity, after the promotion. P-2.3, P-2.11, P-1.8 */
import { shownPackage, type App } from '../apps/app.js';
import type { Instant } from '../calendar.js';
import type { Promotion } from '../commands.js';
import { decimal, round, type Money } from '../money.js';
import {
  addOnOf,
  addOnPrice,
  packagePrice,
  paidPackageOf,
  type Price,
  type PriceBook,
} from '../price-books/price-book.js';

/**
 * The price of a product of a book for an app, by the row in force at an instant; null when the product is an add-on that
 * the package the app has, or had last, is not open to (P-2.8, P-2.9).
 */
export const priceFor = (app: App, book: PriceBook, product: string, at: Instant): Price | null => {
  const asPackage = paidPackageOf(book, product);
  if (asPackage) return packagePrice(book, asPackage, at);
  const asAddOn = addOnOf(book, product);
  return asAddOn ? addOnPrice(book, asAddOn, shownPackage(app), at) : null;
};

export const amountOf = (listPrice: string, months: number, quantity: number, promotion?: Promotion): Money => {
  const whole = decimal(listPrice).times(months * quantity);
  return round(promotion ? whole.times(promotion.payPercent).dividedBy(100) : whole);
};
