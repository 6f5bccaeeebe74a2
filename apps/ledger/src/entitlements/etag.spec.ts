import { etagOf, isNamedBy } from './etag.js';

describe('the tag of an answer', () => {
  it('is that of its content', () => {
    expect(etagOf({ a: 1 })).toBe(etagOf({ a: 1 }));
    expect(etagOf({ a: 1 })).not.toBe(etagOf({ a: 2 }));
    expect(etagOf({ a: 1 })).toMatch(/^"[\w-]{22}"$/);
  });

  it.each([
    ['"x"', true],
    ['W/"x"', true],
    ['"y", "x"', true],
    ['"y",W/"x"', true],
    ['*', true],
    ['"y"', false],
    ['x', false],
    [undefined, false],
  ])('is named by %s: %s', (header, expected) => expect(isNamedBy('"x"', header)).toBe(expected));
});
