import { BadKey, parsePublicKey, type PublicKey } from '@ledger/audit';

/** Null, and a word on standard error, where the text is no key. */
export const publicKeyIn = (text: string): PublicKey | null => {
  try {
    return parsePublicKey(text);
  } catch (error) {
    if (!(error instanceof BadKey)) throw error;
    console.error(`--key: ${error.message}`);
    return null;
  }
};
