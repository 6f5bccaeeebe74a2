import { StoreError } from '@ledger/event-store';
import type { ExecutionContext } from '@nestjs/common';
import { firstValueFrom, throwError } from 'rxjs';
import { Away } from './away.js';

const thrownBy = (error: unknown): Promise<unknown> =>
  firstValueFrom(new Away().intercept({} as ExecutionContext, { handle: () => throwError(() => error) })).then(
    () => 'nothing',
    (thrown: unknown) => thrown,
  );

describe('a source that is away', () => {
  it.each([
    ['the store', new StoreError('unavailable', 'gone'), 'store-away'],
    ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'database-away'],
    ['a database that shuts down', Object.assign(new Error('terminating'), { code: '57P01' }), 'database-away'],
    ['a connection that broke', new Error('Connection terminated unexpectedly'), 'database-away'],
  ])('%s is a 503 to be asked again', async (_, error, name) =>
    expect(await thrownBy(error)).toMatchObject({
      body: { type: `/problems/${name}`, status: 503 },
      headers: { 'Retry-After': '2' },
    }),
  );

  it.each([
    ['a mistake of ours in SQL', Object.assign(new Error('syntax error'), { code: '42601' })],
    ['a bug', new TypeError('x is undefined')],
    ['no error at all', 'text'],
  ])('%s stays what it is', async (_, error) => expect(await thrownBy(error)).toBe(error));
});
