import { readFile } from 'node:fs/promises';
import { BadKey, parsePublicKey, type PublicKey } from '@ledger/audit';

export type Sealed = { readonly bytes: Buffer; readonly key: PublicKey };

/** A sealed file and the key that it must be signed with; null, and a word on standard error, where one of them is none. */
export const sealedIn = async (file: string, keyText: string): Promise<Sealed | null> => {
  const key = publicKeyIn(keyText);
  const bytes = await readFile(file).catch((error: unknown) => String(error));
  if (typeof bytes === 'string') console.error(`${file} cannot be read: ${bytes}`);
  return key === null || typeof bytes === 'string' ? null : { bytes, key };
};

const publicKeyIn = (text: string): PublicKey | null => {
  try {
    return parsePublicKey(text);
  } catch (error) {
    if (!(error instanceof BadKey)) throw error;
    console.error(`--key: ${error.message}`);
    return null;
  }
};
