import { onlyOptions, streamName } from './parts.js';
import type { WireReader } from './reader.js';

/** Where a read or subscription begins: a revision in a stream, a commit position in `$all`. */
export type Start = 'start' | 'end' | number;

export type FilterRequest = {
  readonly on: 'stream' | 'type';
  readonly regex: string;
  readonly prefixes: readonly string[];
  /** Events considered between two checkpoints. */
  readonly checkpointEvery: number;
};

export type ReadRequest = {
  /** `undefined`: `$all`. */
  readonly stream: string | undefined;
  readonly from: Start;
  readonly backwards: boolean;
  readonly count: number | 'subscription';
  readonly filter: FilterRequest | undefined;
};

/** Used where a filter names no window, as the real server does. */
const DEFAULT_WINDOW = 32;

export const parseRead = (message: Buffer): ReadRequest => {
  const options = onlyOptions(message);
  let stream: string | undefined;
  let from: Start = 'start';
  let backwards = false;
  let count: number | 'subscription' = 0;
  let filter: FilterRequest | undefined;
  while (options.next()) {
    if (options.field === 1) ({ stream, from } = streamOptions(options.nested()));
    else if (options.field === 2) from = allOptions(options.nested());
    else if (options.field === 3) backwards = options.uint() === 1;
    else if (options.field === 5) count = options.uint();
    else if (options.field === 6) {
      options.skip();
      count = 'subscription';
    } else if (options.field === 7) filter = filterOptions(options.nested());
    else options.skip();
  }
  return { stream, from, backwards, count, filter };
};

const streamOptions = (options: WireReader): { stream: string; from: Start } => {
  let stream = '';
  let from: Start = 'start';
  while (options.next()) {
    if (options.field === 1) stream = streamName(options.nested());
    else if (options.field === 2) from = options.uint();
    else {
      if (options.field === 4) from = 'end';
      options.skip();
    }
  }
  return { stream, from };
};

const allOptions = (options: WireReader): Start => {
  let from: Start = 'start';
  while (options.next()) {
    if (options.field === 1) from = commitPosition(options.nested());
    else {
      if (options.field === 3) from = 'end';
      options.skip();
    }
  }
  return from;
};

/** Commit and prepare are the same in this log, so the commit position alone says where. */
const commitPosition = (position: WireReader): number => {
  let commit = 0;
  while (position.next()) {
    if (position.field === 1) commit = position.uint();
    else position.skip();
  }
  return commit;
};

const filterOptions = (options: WireReader): FilterRequest => {
  let on: 'stream' | 'type' = 'stream';
  let expression = { regex: '', prefixes: [] as readonly string[] };
  let window = DEFAULT_WINDOW;
  let multiplier = 1;
  while (options.next()) {
    if (options.field === 1 || options.field === 2) {
      on = options.field === 1 ? 'stream' : 'type';
      expression = filterExpression(options.nested());
    } else if (options.field === 3) window = options.uint();
    else if (options.field === 5) multiplier = options.uint();
    else options.skip();
  }
  return { on, ...expression, checkpointEvery: window * multiplier };
};

const filterExpression = (expression: WireReader): { regex: string; prefixes: readonly string[] } => {
  let regex = '';
  const prefixes: string[] = [];
  while (expression.next()) {
    if (expression.field === 1) regex = expression.string();
    else if (expression.field === 2) prefixes.push(expression.string());
    else expression.skip();
  }
  return { regex, prefixes };
};
