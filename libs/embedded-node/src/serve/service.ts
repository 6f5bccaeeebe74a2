import { randomUUID } from 'node:crypto';
import type {
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  MethodDefinition,
  Server,
} from '@grpc/grpc-js';
import { deleteStream, faultOfDeletion, tombstone } from '../log/commands.js';
import { parseRead } from '../wire/read-request.js';
import { parseDelete } from '../wire/write-requests.js';
import { cluster, supportedMethods } from '../wire/cluster.js';
import { deleted } from '../wire/responses.js';
import type { Guard } from './access.js';
import { serveAppend, type Writing } from './append-call.js';
import { serveBatchAppend } from './batch-call.js';
import { asCallError, refusalAsCallError, stopping } from './errors.js';
import type { OpenCalls } from './open-calls.js';
import { Outlet } from './outlet.js';
import { read, type Source } from './read.js';
import { subscribe } from './subscribe.js';

export type Parts = Writing & Source & { readonly guard: Guard; readonly openCalls: OpenCalls };

/** The seven calls. Messages stay bytes here; grpc-js answers UNIMPLEMENTED to everything else. */
export const addServices = (server: Server, parts: Parts, address: () => { host: string; port: number }): void => {
  server.addService(streamsService, {
    read: readCall(parts),
    append: appendCall(parts),
    batchAppend: batchAppendCall(parts),
    delete: deleteCall(parts, deleteStream),
    tombstone: deleteCall(parts, tombstone),
  });
  server.addService(featuresService, { getSupportedMethods: answering(() => supportedMethods) });
  const instanceId = randomUUID();
  server.addService(gossipService, {
    read: answering(() => {
      const { host, port } = address();
      return cluster(instanceId, host, port);
    }),
  });
};

const readCall =
  (parts: Parts): handleServerStreamingCall<Buffer, Buffer> =>
  (call) => {
    const outlet = new Outlet(call);
    const closed = parts.openCalls.add({ stop: () => outlet.fail(stopping()) });
    const serve = async (): Promise<void> => {
      parts.guard(call.metadata);
      const request = parseRead(call.request);
      if (request.count === 'subscription') await subscribe(parts, request, outlet);
      else await read(parts, request, request.count, outlet);
    };
    serve()
      .then(() => outlet.end())
      .catch((error: unknown) => outlet.fail(error))
      .finally(closed);
  };

const appendCall =
  (parts: Parts): handleClientStreamingCall<Buffer, Buffer> =>
  (call, answer) => {
    try {
      parts.guard(call.metadata);
      serveAppend(parts, call, answer);
    } catch (error) {
      answer(asCallError(error));
    }
  };

const batchAppendCall =
  (parts: Parts): handleBidiStreamingCall<Buffer, Buffer> =>
  (call) => {
    try {
      parts.guard(call.metadata);
      serveBatchAppend(parts, parts.openCalls, call);
    } catch (error) {
      call.emit('error', asCallError(error));
    }
  };

const deleteCall =
  ({ guard, log, commits }: Parts, command: typeof deleteStream): handleUnaryCall<Buffer, Buffer> =>
  (call, answer) => {
    const serve = async (): Promise<Buffer> => {
      guard(call.metadata);
      const target = parseDelete(call.request);
      const outcome = faultOfDeletion(target) ?? (await commits.submit((now) => command(log, target, now)));
      if (outcome.is !== 'written') throw refusalAsCallError(target.stream, outcome);
      return deleted(outcome.written.position ?? log.lastPosition);
    };
    serve()
      .then((response) => answer(null, response))
      .catch((error: unknown) => answer(asCallError(error)));
  };

const answering =
  (response: () => Buffer): handleUnaryCall<Buffer, Buffer> =>
  (_call, answer) =>
    answer(null, response());

const bytes = (message: Buffer): Buffer => message;

const method = (path: string, requestStream: boolean, responseStream: boolean): MethodDefinition<Buffer, Buffer> => ({
  path,
  requestStream,
  responseStream,
  requestSerialize: bytes,
  requestDeserialize: bytes,
  responseSerialize: bytes,
  responseDeserialize: bytes,
});

const STREAMS = '/event_store.client.streams.Streams';

const streamsService = {
  read: method(`${STREAMS}/Read`, false, true),
  append: method(`${STREAMS}/Append`, true, false),
  batchAppend: method(`${STREAMS}/BatchAppend`, true, true),
  delete: method(`${STREAMS}/Delete`, false, false),
  tombstone: method(`${STREAMS}/Tombstone`, false, false),
};

const featuresService = {
  getSupportedMethods: method('/event_store.client.server_features.ServerFeatures/GetSupportedMethods', false, false),
};

const gossipService = { read: method('/event_store.client.gossip.Gossip/Read', false, false) };
