import { BOOKS, bookOf, checked } from './books.js';
import { CN_2019 } from './cn-2019.js';
import { CN_2023 } from './cn-2023.js';

describe('P-10 the books at load', () => {
  it('P-10 there are five, found by id', () => {
    const ids = ['cn-2019', 'cn-2023', 'overseas-2023', 'intl-2022', 'intl-2024'];
    expect(BOOKS.map(({ id }) => id)).toEqual(ids);
    expect(ids.map((id) => bookOf(id)?.id)).toEqual(ids);
  });

  it.each(['moon-2030', '', 'cn-2019@1', 'constructor', '__proto__'])('P-1.7 there is no book %j', (id) =>
    expect(bookOf(id)).toBeUndefined(),
  );

  it('P-10 a bad row throws, naming file and path', () => {
    const [trial, pro] = CN_2019.packages;
    const bad = {
      ...CN_2019,
      packages: [trial!, { ...pro!, prices: [{ from: '2019-01-01', price: '99x', source: '' }] }],
    };
    expect(() => checked({ 'cn-2019.ts': bad, 'cn-2023.ts': CN_2023 })).toThrow(
      new Error(
        [
          'bad price books',
          'cn-2019.ts: packages[1].prices[0].price: "99x" is no decimal price',
          'cn-2019.ts: packages[1].prices[0].source: "" names neither a seed and its row nor D',
        ].join('\n'),
      ),
    );
  });

  it('P-1.7 so do books that do not go together, each by its file', () => {
    expect(() => checked({ 'one.ts': CN_2023, 'two.ts': { ...CN_2023 } })).toThrow(
      /^bad price books\none\.ts: id: "cn-2023" is there twice\n.*\ntwo\.ts: id: "cn-2023" is there twice\n/,
    );
  });
});
