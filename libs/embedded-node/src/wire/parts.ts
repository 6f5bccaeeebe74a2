import { MalformedMessage, WireReader } from './reader.js';

/** Most requests hold their options in field 1 and nothing else. */
export const onlyOptions = (message: Buffer): WireReader => {
  const request = new WireReader(message);
  while (request.next()) {
    if (request.field === 1) return request.nested();
    request.skip();
  }
  throw new MalformedMessage('The request has no options.');
};

export const streamName = (identifier: WireReader): string => {
  let name = '';
  while (identifier.next()) {
    if (identifier.field === 3) name = identifier.string();
    else identifier.skip();
  }
  return name;
};

/** An entry of a `map<string, string>`. */
export const entry = (message: WireReader): { key: string; value: string } => {
  let key = '';
  let value = '';
  while (message.next()) {
    if (message.field === 1) key = message.string();
    else if (message.field === 2) value = message.string();
    else message.skip();
  }
  return { key, value };
};

/** The client writes ids as strings; the protocol's other form, two 64-bit halves, is not spoken here. */
export const uuid = (message: WireReader): string => {
  while (message.next()) {
    if (message.field === 2) return message.string().toLowerCase();
    message.skip();
  }
  throw new MalformedMessage('An id must be given as a string.');
};
