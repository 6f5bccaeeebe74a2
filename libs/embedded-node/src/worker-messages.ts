import type { EmbeddedNodeOptions } from './node.js';

/** What the worker is started with: functions do not travel between threads. */
export type WorkerOptions = Omit<EmbeddedNodeOptions, 'onFatal'>;

/** To the worker. */
export const STOP = 'stop';

/** From the worker. When it has stopped it simply ends. */
export type WorkerReport =
  | { readonly is: 'listening'; readonly port: number; readonly connectionString: string }
  /** `not-started` is the caller's to handle; `fatal` is the end of a node that ran. */
  | { readonly is: 'not-started' | 'fatal'; readonly error: Error };
