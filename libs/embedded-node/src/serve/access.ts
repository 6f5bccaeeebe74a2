import { createHash, timingSafeEqual } from 'node:crypto';
import type { Metadata } from '@grpc/grpc-js';
import { accessDenied } from './errors.js';

/** Throws for a caller who does not know the secret. */
export type Guard = (headers: Metadata) => void;

/**
 * The official client drops credentials on an insecure channel, but sends its connection name with every call
 * except feature discovery and gossip: that is where the secret travels, over loopback only.
 */
export const guard = (secret: string | undefined): Guard => {
  if (secret === undefined) return () => undefined;
  const expected = digest(secret);
  return (headers) => {
    const [given] = headers.get('connection-name');
    if (given === undefined || !timingSafeEqual(digest(given.toString()), expected)) throw accessDenied();
  };
};

/** Digests are of one length, as a comparison in constant time wants. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
