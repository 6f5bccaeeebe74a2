/** An OpenID Connect issuer of the tests' own, on loopback: it signs what a test wants and can be taken away. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { atTheEnd } from './service.js';

type Key = { readonly kid: string; readonly privateKey: CryptoKey; readonly publicKey: CryptoKey };

export type Issuer = {
  readonly url: string;
  readonly key: Key;
  /** A token as the claims say; what is not said is right and good for five minutes from `now`. */
  sign(claims: JWTPayload, options?: { readonly key?: Key; readonly now?: number }): Promise<string>;
  /** Publishes a new key in the place of the old one. */
  rotate(): Promise<Key>;
  /** How often its keys were asked for. */
  readonly asked: () => number;
  away(): Promise<void>;
  back(): Promise<void>;
};

export const AUDIENCE = 'ledger';

export const newKey = async (kid: string): Promise<Key> => ({
  kid,
  ...(await generateKeyPair('ES256', { extractable: true })),
});

export const startIssuer = async (): Promise<Issuer> => {
  let key = await newKey('key-1');
  let asked = 0;
  let port = 0;
  let server: Server | null = null;
  const url = (): string => `http://127.0.0.1:${port}`;
  const documents = async (path: string | undefined): Promise<object | null> => {
    if (path === '/.well-known/openid-configuration') return { issuer: url(), jwks_uri: `${url()}/keys` };
    if (path !== '/keys') return null;
    asked += 1;
    return { keys: [{ ...(await exportJWK(key.publicKey)), kid: key.kid, alg: 'ES256', use: 'sig' }] };
  };
  const back = async (): Promise<void> => {
    server = createServer((request, response) => {
      void documents(request.url).then((document) => {
        response.writeHead(document ? 200 : 404, { 'content-type': 'application/json', connection: 'close' });
        response.end(JSON.stringify(document));
      });
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  };
  const away = async (): Promise<void> => {
    const closing = server;
    server = null;
    if (closing) await new Promise((resolve) => closing.close(resolve));
  };
  await back();
  atTheEnd(away);
  return {
    url: url(),
    get key() {
      return key;
    },
    sign: (claims, { key: by = key, now = Date.now() } = {}) => {
      const at = Math.floor(now / 1000);
      return new SignJWT({ iss: url(), aud: AUDIENCE, sub: 'u-1', iat: at, exp: at + 300, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: by.kid })
        .sign(by.privateKey);
    },
    rotate: async () => (key = await newKey('key-2')),
    asked: () => asked,
    away,
    back,
  };
};
