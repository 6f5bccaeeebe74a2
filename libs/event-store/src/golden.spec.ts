/**
 * Streams as they were written by every version there was, kept for ever. An upcast adds a file with the events of the
 * new schema beside these, and never changes one: what stands in a store does not change either.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  ACCOUNT_EVENTS,
  CLAIM_EVENTS,
  CONTACT_EVENTS,
  LEDGER_EVENTS,
  REFUSAL_EVENTS,
  USAGE_EVENTS,
} from './catalogue.js';
import { verifyChain } from './chain.js';
import { decode } from './codec.js';
import type { RecordedEvent } from './port.js';

const EVENTS = {
  ...ACCOUNT_EVENTS,
  ...USAGE_EVENTS,
  ...CLAIM_EVENTS,
  ...CONTACT_EVENTS,
  ...REFUSAL_EVENTS,
  ...LEDGER_EVENTS,
};

const folder = new URL('../golden/', import.meta.url);
const files = readdirSync(folder).map((name) => {
  const lines = readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n');
  const events = lines.map((line): RecordedEvent => {
    const event: RecordedEvent & { readonly revision: number } = JSON.parse(line);
    return { ...event, revision: BigInt(event.revision), position: { commit: 0n, prepare: 0n } };
  });
  return { name, events };
});
const golden = files.flatMap(({ events }) => events);

const nameOf = ({ stream, revision, type }: RecordedEvent): string => `${stream}/${revision} ${type}`;
const schema = ({ metadata }: RecordedEvent): unknown => Object(metadata)['schema'];

const todays = new Map(Object.entries(EVENTS).map(([type, upcasts]) => [type, upcasts.length + 1]));
const ofToday = golden.filter((event) => schema(event) === todays.get(event.type));

describe('golden streams', () => {
  it.each(Object.entries(EVENTS))('have %s in every schema it ever had', (type, upcasts) => {
    const schemas = golden.filter((event) => event.type === type).map(schema);
    expect(new Set(schemas)).toEqual(new Set(Array.from({ length: upcasts.length + 1 }, (_, i) => i + 1)));
  });

  it.each(golden.map((event) => [nameOf(event), event] as const))('can be read: %s', (_, event) => {
    expect(decode(EVENTS, event)).toMatchObject({ kind: 'event', event: { type: event.type } });
  });

  it.each(ofToday.map((event) => [nameOf(event), event] as const))('are today what they were: %s', (_, event) => {
    expect(decode(EVENTS, event)).toMatchObject({ event: event.data });
  });

  it.each(files)('prove what they say: $name', async ({ events }) => {
    const chained = events.filter(({ stream }) => /^(account|usage|claim)-/.test(stream));
    for (const stream of new Set(chained.map((event) => event.stream)))
      expect(
        await verifyChain(
          stream,
          chained.filter((event) => event.stream === stream),
        ),
      ).toMatchObject({ broken: null });
    expect(chained.length).toBeGreaterThan(0);
  });
});
