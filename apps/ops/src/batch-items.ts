/** The items of a batch: one JSON object a line, `{ "command": "TopUp", "body": { … } }`, with `key` where it is to have its own. */
import { createHash } from 'node:crypto';

export type Item = {
  /** The number of its line, from 0. */
  readonly item: number;
  /** Under it the item happens once, however often the batch is sent. */
  readonly key: string;
} & (
  | { readonly command: string; readonly body: unknown; readonly accountId: string }
  /** What is wrong with the line. */
  | { readonly malformed: string }
);

export type Batch = { readonly batchId: string; readonly total: number; readonly items: () => Generator<Item> };

/** Lines without anything on them are no items, but they count. Without an id the batch has that of its bytes. */
export const batchOf = (
  bytes: Buffer,
  batchId = createHash('sha256').update(bytes).digest('hex').slice(0, 32),
): Batch => {
  let total = 0;
  for (const line of linesOf(bytes)) if (!isBlank(line)) total += 1;
  return {
    batchId,
    total,
    items: function* () {
      let item = -1;
      for (const line of linesOf(bytes)) {
        item += 1;
        if (!isBlank(line)) yield { item, ...itemOn(line, `${batchId}:${item}`) };
      }
    },
  };
};

const LINE_FEED = 10;

function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found === -1 ? bytes.length : found;
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}

/** Blanks, tabs, and the carriage return of a file from Windows. */
const isBlank = (line: Buffer): boolean => line.every((byte) => byte === 32 || byte === 9 || byte === 13);

const FIELDS = 'the fields command, body and, where it is to have a key of its own, key';
const KEY = /^[\x21-\x7e]{1,200}$/;

type Body = { readonly [name: string]: unknown };

const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const itemOn = (line: Buffer, own: string) => {
  const parsed = jsonOf(line);
  if (!isObject(parsed)) return { key: own, malformed: `give a JSON object on one line, with ${FIELDS}` };
  const { command, body, key = own, ...others } = parsed;
  if (typeof key !== 'string' || !KEY.test(key))
    return { key: own, malformed: 'key: give 1 to 200 visible ASCII characters, or leave it out' };
  const [other] = Object.keys(others);
  if (other !== undefined) return { key, malformed: `${other.slice(0, 100)}: leave it out: give ${FIELDS}` };
  if (typeof command !== 'string') return { key, malformed: 'command: give the name of a command, such as "TopUp"' };
  const accountId = isObject(body) && typeof body['accountId'] === 'string' ? body['accountId'] : '';
  return { key, command, body, accountId };
};

/** Undefined for what is none. */
const jsonOf = (line: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line)) as unknown;
  } catch {
    return undefined;
  }
};
