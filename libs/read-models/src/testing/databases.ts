/** Databases for specs: every one of the read models runs on each kind. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { ReadDatabase } from '../database.js';
import { openPostgres, openSqlite } from '../databases.js';

export type DatabaseKind = 'node:sqlite' | 'PostgreSQL';
export const DATABASES: readonly DatabaseKind[] = ['node:sqlite', 'PostgreSQL'];

/** An empty database. `open` can be called again, as another process would. */
export type TestDatabase = { readonly url: string; open(): Promise<ReadDatabase> };

export const testDatabase = async (kind: DatabaseKind, closing: AsyncDisposableStack): Promise<TestDatabase> => {
  const url = kind === 'PostgreSQL' ? await postgresUrl(closing) : sqlitePath(closing);
  const open = async (): Promise<ReadDatabase> => {
    const opened = await (kind === 'PostgreSQL' ? openPostgres(url) : openSqlite(url));
    closing.defer(() => opened.close());
    return opened;
  };
  return { url, open };
};

const sqlitePath = (closing: AsyncDisposableStack): string => {
  const folder = mkdtempSync(join(tmpdir(), 'read-models-'));
  closing.defer(() => rmSync(folder, { recursive: true }));
  return join(folder, 'read-models.sqlite');
};

/** A database of its own on the server of the run. */
export const postgresUrl = async (closing: AsyncDisposableStack): Promise<string> => {
  const { TEST_DATABASE_URL: server = '' } = process.env;
  const name = `ledger_${randomUUID().replaceAll('-', '')}`;
  await ask(server, `create database ${name}`);
  closing.defer(() => ask(server, `drop database ${name} with (force)`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
};

const ask = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
};
