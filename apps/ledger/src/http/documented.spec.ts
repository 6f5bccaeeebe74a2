import type { OpenAPIObject } from '@nestjs/swagger';
import { assertDocumented } from './documented.js';

const documentOf = (...paths: readonly string[]): OpenAPIObject => ({
  openapi: '3.1.0',
  info: { title: 'spec', version: '1' },
  paths: Object.fromEntries(paths.map((path) => [path, { get: { responses: {} } }])),
});

const route = (path: string, method = 'GET') => ({
  method,
  path,
  allowed: 'public' as const,
  isFilteredByAccount: false,
});

describe('the document and the routes', () => {
  it('agree, whatever the document calls a parameter’s form', () =>
    expect(() =>
      assertDocumented(documentOf('/v1/things', '/v1/things/{id}'), [route('/v1/things'), route('/v1/things/:id')]),
    ).not.toThrow());

  it('disagree when a route is not documented', () =>
    expect(() => assertDocumented(documentOf('/a'), [route('/a'), route('/b'), route('/a', 'POST')])).toThrow(
      'GET /b is not in the OpenAPI document.\nPOST /a is not in the OpenAPI document.',
    ));

  it('disagree when nothing answers what is documented', () =>
    expect(() => assertDocumented(documentOf('/a', '/b'), [route('/a')])).toThrow(
      'GET /b of the OpenAPI document is no route.',
    ));

  it('need not name the document itself', () =>
    expect(() => assertDocumented(documentOf(), [route('/openapi.json'), route('/docs/start.js')])).not.toThrow());

  it('have one route for all commands', () => {
    const paths = { '/v1/commands/TopUp': { post: { responses: {} } } };
    const routes = [route('/v1/commands/:name', 'POST')];
    expect(() => assertDocumented({ ...documentOf(), paths }, routes)).not.toThrow();
    expect(() => assertDocumented({ ...documentOf(), paths }, [])).toThrow('POST /v1/commands/{name} of the OpenAPI');
  });
});
