import { describe, it } from '@jest/globals';
import { addBook } from '../price-books/books.js';
import { INTL_2024 } from '../price-books/intl-2024.js';
import { createApp, openAccount, purchase, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

/** A book that sells what its packages have already: no released one does. */
const BOOK = {
  ...INTL_2024,
  id: 'spec-2024',
  addOns: INTL_2024.addOns.map((row) => (row.id === 'desk' ? { ...row, raises: { limits: { liveGroups: 50 } } } : row)),
};
addBook(BOOK);

describe('P-2.8 an add-on that raises nothing above the package is refused', () => {
  const app = given('2024-08-01T10:00:00+08:00', openAccount('USD'), topUp('9000.00'), createApp('spec-2024'));

  it('when the package has at least as much of all it raises', () => {
    app
      .and('2024-08-01T10:00:00+08:00', purchase('standard'))
      .when('2024-08-01T10:00:01+08:00', purchase('desk'))
      .thenRefused('AlreadyIncluded', 'P-2.8', { product: 'desk', package: 'standard' });
  });

  it('before the family and the money are looked at', () => {
    app
      .and('2024-08-01T10:00:00+08:00', purchase('premium'))
      .when('2024-08-01T10:00:01+08:00', purchase('desk', { months: 24 }))
      .thenRefused('AlreadyIncluded', 'P-2.8');
  });
});
