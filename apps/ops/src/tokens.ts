import { EXIT, type ExitCode } from './failure.js';
import type { Shown } from './help.js';
import { ask } from './service-client.js';
import { print, showThing, tableOfRows } from './show.js';

export type MakeOptions = Shown & {
  readonly role: string;
  readonly accounts?: readonly string[];
  readonly expiresAt?: string;
};
export type ListOptions = Shown & { readonly limit: number; readonly all?: boolean };

type Token = { readonly tokenId: string; readonly role: string; readonly [field: string]: unknown };

/** Only the token goes to standard output, so that it can be sent into a file. */
export const make = async ({ role, accounts, expiresAt, json }: MakeOptions): Promise<ExitCode> => {
  const body = { role, ...(accounts && { accounts }), ...(expiresAt !== undefined && { expiresAt }) };
  const made = (await (await ask('POST', '/v1/tokens', { body })).json()) as Token & { readonly token: string };
  if (!json) console.error(`Token ${made.tokenId} of the role ${made.role}. It is shown this once:`);
  await print(json ? JSON.stringify(made) : made.token);
  return EXIT.done;
};

export const list = async ({ limit, all = false, json }: ListOptions): Promise<ExitCode> => {
  const tokens: Token[] = [];
  const most = all ? Infinity : limit;
  let path: string | null = '/v1/tokens';
  while (path !== null && tokens.length < most) {
    const page = (await (await ask('GET', path)).json()) as {
      readonly tokens: readonly Token[];
      readonly next: string | null;
    };
    tokens.push(...page.tokens);
    path = page.next;
  }
  const shown = tokens.slice(0, most);
  if (json) for (const token of shown) await print(JSON.stringify(token));
  else await print(shown.length === 0 ? 'None.' : tableOfRows(shown, COLUMNS));
  if (path !== null || shown.length < tokens.length)
    console.error(`The first ${shown.length}; --all shows the others.`);
  return EXIT.done;
};

const COLUMNS = ['tokenId', 'role', 'accounts', 'createdAt', 'expiresAt', 'revokedAt'];

export const revoke = async (tokenId: string, json: boolean): Promise<ExitCode> => {
  const answer = await ask('DELETE', `/v1/tokens/${encodeURIComponent(tokenId)}`);
  await showThing((await answer.json()) as Token, json);
  return EXIT.done;
};
