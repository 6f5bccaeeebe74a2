import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ServiceError } from './service-client.js';

/** Writes an answer beside the file and renames it, so that a file of that name is a whole one. Throws a `ServiceError`. */
export const saveSealed = async ({ body }: Response, file: string): Promise<void> => {
  const part = `${file}.part`;
  if (body === null) throw new ServiceError('The service answered with nothing.');
  try {
    await pipeline(Readable.fromWeb(body), createWriteStream(part));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw new ServiceError(`${file} was not written: ${String(error)}`);
  }
};
