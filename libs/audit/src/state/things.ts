/** Things that come and go as a whole, each with many facts: apps, their orders and add-ons, vouchers, bills. */
import type { Situation } from '../history/situation.js';

/** Whether the thing of a path was there: `apps.p1`, `apps.p1.orders.p1-1`, `apps.p1.addOns.desk`, `vouchers.v1`, `bills.a1-2024-08`. */
export const hasThing = ({ account, bills }: Situation, path: string): boolean => {
  const [list, id = '', part, which] = path.split('.');
  if (list === 'vouchers') return account?.wallet.vouchers.has(id) ?? false;
  if (list === 'bills') {
    for (let rest = bills; rest !== null; rest = rest.before) if (rest.bill.billId === id) return true;
    return false;
  }
  const app = account?.apps.get(id);
  if (!app || part === undefined) return app !== undefined;
  const terms = app.package ? [app.package, ...app.addOns] : app.addOns;
  return part === 'orders'
    ? terms.some(({ orders }) => orders.some(({ orderId }) => orderId === which))
    : app.gone === null && app.addOns.some(({ product }) => product === which);
};
