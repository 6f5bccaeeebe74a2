/** The answers about what an app may do, as the OpenAPI document shows them. */
import type { AppView, Entitlements, Explained, Raise } from '@ledger/domain';
import { ApiProperty } from '@nestjs/swagger';

const LIMIT = { oneOf: [{ type: 'integer' }, { type: 'string', enum: ['unlimited'] }] };

export class ServiceDto {
  readonly appId!: string;
  readonly accountId!: string;
  readonly priceBook!: string;
  @ApiProperty({ enum: ['trial', 'active', 'grace', 'suspended', 'reclaimed', 'deleted'] })
  readonly status!: AppView['status'];
  /** The package it has, or had last. */
  readonly package!: string | null;
  readonly serving!: boolean;
  /** Why it does not serve, sorted. */
  @ApiProperty({ type: 'array', items: { type: 'string' } })
  readonly holds!: AppView['holds'];
  /** Since when. */
  readonly suspendedSince!: string | null;
  /** Whether an event of the account cannot be read: the answer is then that of the state before it. */
  readonly quarantined!: boolean;
}

export class EntitlementsDto extends ServiceDto {
  /** Of the package and its add-ons; also while it does not serve, and nothing is allowed. */
  @ApiProperty({ type: 'object', additionalProperties: LIMIT })
  readonly limits!: Entitlements['limits'];
  @ApiProperty({ type: [String] })
  readonly features!: readonly string[];
}

export class RaiseDto implements Raise {
  readonly kind!: 'package' | 'add-on';
  readonly product!: string;
  /** The fewest that are enough, where more than one may be ordered. */
  readonly quantity!: number;
  /** A month, a unit. */
  readonly listPrice!: string;
  /** The limit with it; null for a feature. */
  @ApiProperty({ ...LIMIT, nullable: true })
  readonly value!: Raise['value'];
  /** Whether it is enough for what was asked. */
  readonly enough!: boolean;
}

export class CheckedDto implements Explained {
  readonly allowed!: boolean;
  /** The limit that decided; null for a feature, or while the app does not serve. */
  readonly limit!: string | null;
  @ApiProperty({ ...LIMIT, nullable: true })
  readonly value!: Explained['value'];
  @ApiProperty({ type: 'array', items: { type: 'string' } })
  readonly holds!: AppView['holds'];
  readonly suspendedSince!: string | null;
  readonly package!: string;
  /** The packages and add-ons of the app's book that would raise it, at their prices. */
  @ApiProperty({ type: [RaiseDto] })
  readonly raisedBy!: readonly RaiseDto[];
}

export class CheckDto extends ServiceDto {
  /** One for each question, in their order. */
  @ApiProperty({ type: [CheckedDto] })
  readonly answers!: readonly CheckedDto[];
}
