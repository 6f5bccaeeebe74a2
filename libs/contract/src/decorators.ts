/**
 * The decorators of the DTO classes: class-validator's, with the kind of the field in the metadata's context, so that one
 * declaration says what is checked, how it is written and how it is documented.
 */
import { IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import type { Body, Kind } from './kinds.js';

export type Dto = new () => object;

/** What `Part` and `Parts` leave in the metadata's context. */
export type PartContext = {
  readonly dto: Dto;
  /** The bounds of the list; absent for a single object. */
  readonly many?: { readonly minimum: number; readonly maximum: number };
  /** What must hold between the items once each is right. */
  readonly together?: {
    readonly rule: string;
    readonly message: string;
    readonly holds: (items: readonly Body[]) => boolean;
  };
};

/** A field of this kind. */
export const Field = (kind: Kind): PropertyDecorator =>
  ValidateBy(
    {
      name: kind.rule,
      validator: {
        validate: (value, args) => kind.read(value, { ...args?.object }) !== undefined,
        defaultMessage: () => kind.message,
      },
    },
    { context: kind },
  );

/** The field may be missing or null, which is the same. */
export const Optional = (): PropertyDecorator => IsOptional();

/** An object of its own. */
export const Part = (dto: Dto): PropertyDecorator => ValidateNested({ context: { dto } satisfies PartContext });

/** A list of objects. */
export const Parts = (
  dto: Dto,
  minimum: number,
  maximum: number,
  together?: PartContext['together'],
): PropertyDecorator =>
  ValidateNested({
    context: { dto, many: { minimum, maximum }, ...(together && { together }) } satisfies PartContext,
  });
