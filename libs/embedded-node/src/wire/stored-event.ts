import { WireReader } from './reader.js';

const EVENT = 1;
const RECORDED_EVENT = 1;
const DATA = 8;

/** The data of an event, out of its stored answer. Needed for stream metadata only. */
export const dataOf = (response: Buffer): Buffer => inside(inside(inside(response, EVENT), RECORDED_EVENT), DATA);

const inside = (message: Buffer, field: number): Buffer => {
  const reader = new WireReader(message);
  while (reader.next()) {
    if (reader.field === field) return reader.bytes();
    reader.skip();
  }
  return Buffer.alloc(0);
};
