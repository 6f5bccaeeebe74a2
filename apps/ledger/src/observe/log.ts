/**
 * What the service says of its work: lines of JSON for machines, or short ones for people. Nobody's data can come into it: it is
 * told names, ids, outcomes and durations, never a body, a header or an address.
 */
import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

export const LOG_FORMATS = ['human', 'json'] as const;
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogSettings = {
  readonly logFormat: (typeof LOG_FORMATS)[number];
  readonly logLevel: (typeof LOG_LEVELS)[number];
};

export type Log = Logger;

export const createLog = ({ logFormat, logLevel }: LogSettings, out: DestinationStream = process.stdout): Log =>
  pino(
    {
      level: logLevel,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    logFormat === 'json' ? out : { write: (line) => out.write(humanLine(line)) },
  );

/** `10:00:00 command command=TopUp accountId=acme outcome=done ms=4`, the level where it is not `info`. */
export const humanLine = (line: string): string => {
  const { time, level, msg, ...fields } = JSON.parse(line) as { readonly [name: string]: unknown };
  const named = Object.entries(fields).map(([name, value]) => `${name}=${textOf(value)}`);
  return `${[String(time).slice(11, 19), ...(level === 'info' ? [] : [level]), msg, ...named].join(' ')}\n`;
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What the framework has to say: that something failed. */
export class FrameworkLog implements LoggerService {
  constructor(private readonly to: Log) {}

  log(): void {
    // How it starts is said by the service itself.
  }

  error(message: unknown, ...more: readonly unknown[]): void {
    this.to.error(about(more), String(message));
  }

  warn(message: unknown, ...more: readonly unknown[]): void {
    this.to.warn(about(more), String(message));
  }
}

/** The last of what the framework adds is where it comes from; before it may be a stack. */
const about = (more: readonly unknown[]): object => {
  const [from, stack] = more.filter((one) => typeof one === 'string').toReversed();
  return { ...(from !== undefined && { from }), ...(stack !== undefined && { stack }) };
};
