/** What the OpenAPI document says of the API as a whole. */
import { EXAMPLE_IDS } from '../commands/examples.js';

export const DESCRIPTION = `The subscription ledger takes commands, decides them by the pricing rules, and appends what happened to an event store; everything else is read from there.

**Who asks.** Every request but those of health and documentation carries \`Authorization: Bearer …\`. Each operation names the roles that may use it; \`admin\` may use every one. A token may be bound to accounts.

**Commands.** \`POST /v1/commands/{Name}\` with an \`Idempotency-Key\`. The same command under the same key happens once, however often it is sent: the first receipt comes back, with \`Idempotency-Replayed: true\`. Another command, or another body, under a key that was used is a 409. Whenever an answer is lost, or is a 503, send the same again under the same key.

**Previews.** With \`dryRun=true\` a command says what it would do now, and writes nothing. The \`ETag\` of that answer, sent back as \`If-Match\` with the same body, commits exactly what was shown, as of that instant, within ten minutes; if anything has happened in between it is a 412 with the difference, and nothing is written.

**Reads.** Lists come in pages: \`next\` is the address of the next one. What is read from rows may be a moment behind; a reader that passes \`minPosition=\`, the \`position\` of a receipt, sees at least that.

**Values.** Money is a decimal string in the account's currency, \`"399.00"\`. Instants come in with an offset and go out in UTC with whole seconds. Days and months are those of UTC+08:00. Revisions count from 0.

**Problems** are RFC 9457 documents; their \`type\` is the address of a page that says what it means and what to do, [all of them](/problems). Clauses (\`P-4.2\`) are those of docs/pricing.md.`;

export const TAGS: ReadonlyMap<string, string> = new Map([
  ['commands', 'All that can be asked of the ledger.'],
  ['reads', 'Accounts, apps, orders, bills, wallets, deadlines and everything that has happened.'],
  ['entitlements', 'What an app may do now, then, or in a while.'],
  ['notices', 'For operators: what became of each notice on its way.'],
  ['audit', 'For auditors: what was, why it is so, and whether the evidence holds.'],
  ['clock', 'For operators: what time brings, and what was set aside.'],
  ['sandbox', 'For trials: a clock that is moved by hand.'],
  ['projections', 'For operators: the tables that reads are answered from.'],
  ['tokens', 'For admins: who may ask.'],
  ['health', 'For whoever runs it: whether it lives, and whether it should be sent requests.'],
  ['documentation', 'What this document and the problems mean.'],
]);

/** Of paths. The examples are those of the commands' examples. */
export const PARAMETERS: ReadonlyMap<string, { readonly description: string; readonly example?: string }> = new Map([
  ['id', { description: 'the account', example: EXAMPLE_IDS.accountId }],
  ['accountId', { description: 'the account', example: EXAMPLE_IDS.accountId }],
  ['appId', { description: 'the app', example: EXAMPLE_IDS.appId }],
  ['billId', { description: 'the bill, `{accountId}-{period}`', example: EXAMPLE_IDS.billId }],
  ['name', { description: 'the last part of the `type` of a problem', example: 'InsufficientFunds' }],
  ['batchId', { description: 'the batch, as whoever sent it named it', example: 'renewals-2024-09' }],
  ['deliveryId', { description: 'the delivery, as their list names it' }],
  ['tokenId', { description: 'the id of the token, which is not the token' }],
]);
