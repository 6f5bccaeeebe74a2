import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem, problemType } from './problem.js';

const PUBLIC = 'public';
export const ACCESS_TOKEN = Symbol('ACCESS_TOKEN');

/** Answers without a token: for what says nothing of anybody. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);

/** Lets nobody pass without the token, wherever a route does not say otherwise. */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(ACCESS_TOKEN) private readonly token: string,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()])) return true;
    const { authorization = '' } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    const [, given = ''] = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization) ?? [];
    if (sameText(given, this.token)) return true;
    const error = given === '' ? '' : ', error="invalid_token"';
    throw new Problem(
      {
        type: problemType('unauthorized'),
        title: 'A bearer token is needed',
        status: 401,
        detail: 'Send the header "Authorization: Bearer …" with the token that the service keeps in its data folder.',
      },
      { 'WWW-Authenticate': `Bearer realm="subscription-ledger"${error}` },
    );
  }
}

/** In constant time whatever the lengths: digests are compared. */
const sameText = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
