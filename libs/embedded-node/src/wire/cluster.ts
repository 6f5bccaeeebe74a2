import { encode } from './writer.js';

const STREAMS = 'event_store.client.streams.Streams';
const LEADER = 8;

/** What `GetSupportedMethods` tells: the client asks once, to learn whether it may append in batches. */
export const supportedMethods = encode((out) => {
  out.string(2, 'embedded node');
  for (const method of ['Read', 'Append', 'BatchAppend', 'Delete', 'Tombstone']) {
    out.message(1, () => {
      out.string(2, STREAMS);
      out.string(1, method);
    });
  }
});

/** What `Gossip.Read` tells: a cluster of one, which leads. */
export const cluster = (instanceId: string, host: string, port: number): Buffer =>
  encode((out) =>
    out.message(1, () => {
      out.message(5, () => {
        out.uint(2, port);
        out.string(1, host);
      });
      out.uint(4, 1);
      out.uint(3, LEADER);
      out.message(1, () => out.string(2, instanceId));
    }),
  );
