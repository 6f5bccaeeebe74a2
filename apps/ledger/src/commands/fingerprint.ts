/**
 * What stands for a preview: `revision.instant.proof`. The proof is a digest of the events and a MAC over all of it and the
 * command, so that nobody can have committed what no preview of this ledger has shown.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Command, Instant } from '@ledger/domain';
import type { Previewed, Shown } from '@ledger/event-store';
import canonicalize from 'canonicalize';

/** For so long a preview may be committed. */
const VALID_SECONDS = 600;

/** Half of SHA-256 each: of the digest and of the MAC. */
const HALF_BYTES = 16;

const FORM = /^(none|0|[1-9]\d{0,18})\.(\d{1,12})\.([\w-]{43})$/;

type At = { readonly revision: string | null; readonly at: Instant };

/** `key` is shared by all processes of a ledger, and known to nobody else. */
export const fingerprintOf = (key: string, command: Command, { revision, at, ...shown }: At & Shown): string => {
  const digest = digestOf(shown);
  const proof = Buffer.concat([digest, macOf(key, command, { revision, at }, digest)]);
  return `${revision ?? 'none'}.${at}.${proof.toString('base64url')}`;
};

/** What the fingerprint stands for; null when it is none of this command, or somebody has changed it. */
export const readFingerprint = (key: string, command: Command, text: string): Previewed | null => {
  const [, revisionText = '', instantText = '', proofText = ''] = FORM.exec(text) ?? [];
  const proof = Buffer.from(proofText, 'base64url');
  if (proof.length !== 2 * HALF_BYTES) return null;
  const revision = revisionText === 'none' ? null : revisionText;
  const at = Number(instantText);
  const digest = proof.subarray(0, HALF_BYTES);
  if (!timingSafeEqual(proof.subarray(HALF_BYTES), macOf(key, command, { revision, at }, digest))) return null;
  return { revision, at, until: at + VALID_SECONDS, is: (decided) => digestOf(decided).equals(digest) };
};

const digestOf = ({ events, items = [] }: Shown): Buffer =>
  createHash('sha256').update(canonical({ events, items })).digest().subarray(0, HALF_BYTES);

const macOf = (key: string, command: Command, { revision, at }: At, digest: Buffer): Buffer =>
  createHmac('sha256', key)
    .update(canonical({ command, revision, at, digest: digest.toString('hex') }))
    .digest()
    .subarray(0, HALF_BYTES);

/** RFC 8785: the same for the same values, however they are written. */
const canonical = (value: object): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('a preview that is no JSON');
  return text;
};
