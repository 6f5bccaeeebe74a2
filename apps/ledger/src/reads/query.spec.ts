import { id, instant, limit, month, oneOf, readQuery } from './query.js';

const PARAMETERS = {
  app: id('an app'),
  before: instant('an instant'),
  month: month('a month'),
  order: oneOf(['up', 'down'], 'which way'),
  limit,
};

describe('the parameters of a read', () => {
  it('are read in their normal form, those that were not sent too', () => {
    expect(readQuery(PARAMETERS, { before: '2024-08-01T10:00:00.9+08:00', month: '2024-12', limit: '7' })).toEqual({
      asked: { app: null, before: '2024-08-01T02:00:00Z', month: '2024-12', order: null, limit: 7 },
    });
    expect(readQuery(PARAMETERS, {})).toMatchObject({ asked: { limit: 100 } });
  });

  it('are all named when they are bad', () =>
    expect(
      readQuery(PARAMETERS, { app: 'a b', before: 'now', month: '2024-13', order: 'left', limit: '0', statos: 'x' }),
    ).toEqual({
      problems: ['app', 'before', 'month', 'order', 'limit', 'statos'].map((field) => ({
        field,
        rule: expect.any(String),
        message: expect.any(String),
      })),
    }));

  it.each([
    [{ app: ['a', 'b'] }, 'app'],
    [{ app: '' }, 'app'],
    [{ limit: '201' }, 'limit'],
    [{ limit: '1e2' }, 'limit'],
    [{ month: '1969-12' }, 'month'],
    [{ month: '9900-01' }, 'month'],
    [{ before: '2024-02-30T00:00:00Z' }, 'before'],
    [JSON.parse('{ "__proto__": "x" }'), '__proto__'],
    [{ constructor: 'x' }, 'constructor'],
  ])('%j has a bad one', (query, field) =>
    expect(readQuery(PARAMETERS, query)).toMatchObject({ problems: [{ field }] }),
  );
});
