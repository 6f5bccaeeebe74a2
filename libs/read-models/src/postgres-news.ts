/** News by NOTIFY, which PostgreSQL delivers when the transaction that sent them is committed, and only then. */
import { sql } from 'kysely';
import pg from 'pg';
import type { Changed, News, NewsChannel } from './news.js';

const CHANNEL = 'ledger_rows_changed';

/** PostgreSQL takes less than 8,000 bytes; ids and positions are ASCII. */
const LONGEST_NEWS = 7900;

export const postgresNews = (connectionString: string): NewsChannel => ({
  tell: async (transaction, news) => {
    const whole = JSON.stringify(news);
    const told = whole.length > LONGEST_NEWS ? JSON.stringify({ ...news, changed: 'all' }) : whole;
    await sql`select pg_notify(${CHANNEL}, ${told})`.execute(transaction);
  },
  listen: async (listener) => {
    const client = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 5000 });
    const deafen = (): void => listener.deafen();
    client.on('error', deafen);
    client.on('end', deafen);
    client.on('notification', ({ payload = '' }) => listener.hear(newsOf(payload)));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    return { close: () => client.end() };
  },
});

const newsOf = (payload: string): News => {
  const { changed, position } = JSON.parse(payload) as { changed: Changed; position: string | null };
  return { changed, position };
};
