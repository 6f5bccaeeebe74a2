import { Controller, Delete, Get, Post } from '@nestjs/common';
import { AllowedFor, AllowedPerCommand, FilteredByAccount, Public } from '../http/roles.js';
import { assertDeclared, declaredRoutes } from './declared-routes.js';

@AllowedFor('reader')
@Controller('v1/things')
class Things {
  @Get()
  @FilteredByAccount()
  all(): void {}

  @Get(':id')
  @AllowedFor('auditor', 'ops')
  one(): void {}

  @Delete(':id')
  @AllowedFor()
  remove(): void {}

  helper(): void {}
}

@Controller()
class Loose {
  @Get('healthz')
  @Public()
  health(): void {}

  @Post('v1/commands/:name')
  @AllowedPerCommand()
  command(): void {}

  @Get('v1/forgotten')
  forgotten(): void {}
}

describe('the routes of controllers', () => {
  it('are known with who may use them; a method says more than its controller', () =>
    expect(declaredRoutes([Things, Loose])).toEqual([
      { method: 'GET', path: '/v1/things', allowed: ['reader', 'admin'], isFilteredByAccount: true },
      { method: 'GET', path: '/v1/things/:id', allowed: ['auditor', 'ops', 'admin'], isFilteredByAccount: false },
      { method: 'DELETE', path: '/v1/things/:id', allowed: ['admin'], isFilteredByAccount: false },
      { method: 'GET', path: '/healthz', allowed: 'public', isFilteredByAccount: false },
      { method: 'POST', path: '/v1/commands/:name', allowed: 'per-command', isFilteredByAccount: false },
      { method: 'GET', path: '/v1/forgotten', allowed: undefined, isFilteredByAccount: false },
    ]));

  it('are refused at the start when one says nothing of who may use it', () =>
    expect(() => assertDeclared(declaredRoutes([Things, Loose]), [])).toThrow(
      /^GET \/v1\/forgotten says nothing of who may use it/,
    ));

  it('are refused at the start when something answers beside them', () => {
    const registered = [
      { method: 'GET', path: '/v1/things' },
      { method: 'GET', path: '/debug' },
    ];
    expect(() => assertDeclared(declaredRoutes([Things]), registered)).toThrow(/^GET \/debug is no route/);
    expect(() => assertDeclared(declaredRoutes([Things]), registered.slice(0, 1))).not.toThrow();
  });
});
