/** What a batch reads and writes: its items, and the results that let it go on. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { batchOf } from './batch-items.js';
import { Results } from './batch-results.js';

const batch = (text: string, batchId?: string) => batchOf(Buffer.from(text), batchId);

describe('the items of a batch', () => {
  it('have the number of their line, and a key that the same bytes give again', () => {
    const text =
      '{"command":"TopUp","body":{"accountId":"a1","amount":"1"}}\r\n \n{"command":"X","body":{},"key":"mine"}';
    const { batchId, total, items } = batch(text);
    expect(total).toBe(2);
    expect([...items()]).toEqual([
      { item: 0, key: `${batchId}:0`, command: 'TopUp', body: { accountId: 'a1', amount: '1' }, accountId: 'a1' },
      { item: 2, key: 'mine', command: 'X', body: {}, accountId: '' },
    ]);
    expect(batch(text).batchId).toBe(batchId);
    expect(batch(`${text}\n`).batchId).not.toBe(batchId);
    expect([...batch(text, 'june').items()][0]).toMatchObject({ key: 'june:0' });
  });

  it.each([
    ['{', 'JSON object'],
    ['[]', 'JSON object'],
    ['{"body":{}}', 'command:'],
    ['{"command":"TopUp","body":{},"key":"with a blank"}', 'key:'],
    ['{"command":"TopUp","with":{}}', 'with:'],
  ])('say what is wrong with %s', (line, said) =>
    expect([...batch(line, 'june').items()]).toEqual([
      { item: 0, key: 'june:0', malformed: expect.stringContaining(said) },
    ]),
  );

  it('are not read past what is no UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('{"command":"'), Buffer.from([0xff]), Buffer.from('","body":{}}')]);
    expect([...batchOf(bytes, 'june').items()]).toMatchObject([{ malformed: expect.any(String) }]);
  });
});

describe('the results of a batch', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ledger-results-'));
    path = join(folder, 'results');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const result = (item: number) => ({ item, key: `june:${item}`, command: 'TopUp', accountId: 'a1', status: 201 });
  const kept = (...items: readonly number[]): void => {
    const results = new Results(path);
    for (const item of items) results.keep(result(item));
    results.close();
  };
  const opened = (work: (results: Results) => void): void => {
    const results = new Results(path);
    work(results);
    results.close();
  };

  it('are known to the next start', () => {
    kept(0, 2);
    opened((results) => {
      expect([0, 1, 2].map((item) => results.has({ item, key: `june:${item}` }))).toEqual([true, false, true]);
      expect(results.statuses).toEqual([201, 201]);
    });
  });

  it('lose the half line that a killed process has left, and nothing else', () => {
    kept(0, 1);
    appendFileSync(path, '{"item":2,"key":"ju');
    opened((results) => {
      expect([1, 2].map((item) => results.has({ item, key: `june:${item}` }))).toEqual([true, false]);
      results.keep(result(2));
    });
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { readonly item: number }).item)).toEqual([0, 1, 2]);
  });

  it('are not those of another batch, nor any other file', () => {
    kept(0);
    opened((results) => expect(() => results.has({ item: 0, key: 'july:0' })).toThrow(/--results/));
    writeFileSync(path, 'a letter\n');
    expect(() => new Results(path)).toThrow(/no result file/);
  });
});
