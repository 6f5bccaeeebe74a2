import { Injectable, Query, type PipeTransform, type Type } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { malformed } from '../http/problem.js';
import { Freshness, MIN_POSITION } from './freshness.js';
import { readQuery, type Asked, type Parameters } from './query.js';

/** What answers a read: rows may be behind the store, streams are read from it. */
type Source = 'rows' | 'streams';

/**
 * The query parameters of a read, checked, read and documented; `minPosition` is always one. What comes from rows waits
 * for it; a stream has what a receipt names. Bad ones are a 400 that names each.
 */
export const Asks =
  (parameters: Parameters, source: Source): ParameterDecorator =>
  (target, key, index) => {
    Query(pipeFor(parameters, source))(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key === undefined || !descriptor) throw new TypeError('only a method asks');
    for (const [name, { schema, description, example }] of Object.entries({ ...parameters, minPosition: MIN_POSITION }))
      ApiQuery({
        name,
        required: false,
        schema: { ...schema, ...(example !== undefined && { examples: [example] }) },
        description,
      })(target, key, descriptor);
  };

const pipeFor = (parameters: Parameters, source: Source): Type<PipeTransform> => {
  const all = { ...parameters, minPosition: MIN_POSITION };

  @Injectable()
  class AskedPipe implements PipeTransform<unknown, Promise<Asked<Parameters>>> {
    constructor(private readonly freshness: Freshness) {}

    async transform(query: unknown): Promise<Asked<Parameters>> {
      const read = readQuery(all, query);
      if ('problems' in read) throw malformed(read.problems);
      const { minPosition, ...asked } = read.asked;
      if (source === 'rows') await this.freshness.reached(minPosition);
      return asked;
    }
  }
  return AskedPipe;
};
