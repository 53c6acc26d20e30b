/**
 * The shapes of requests and answers. Connect's own come from the model that the build step derives from the AWS SDK;
 * extensions write theirs with the functions below, which give the run-time shape and the TypeScript type in one.
 */
export type Scalar =
  | 'string'
  | 'boolean'
  | 'integer'
  | 'long'
  | 'float'
  | 'double'
  /** Epoch seconds in a body, ISO 8601 in a query. */
  | 'timestamp'
  /** ISO 8601 everywhere. */
  | 'dateTime';

export type Shape =
  | Scalar
  /** Text that must be one of these: the model's enumerations. */
  | { readonly oneOf: readonly string[] }
  | { readonly list: Shape }
  | { readonly map: Shape }
  /** The name of a structure of Connect's model, or a structure of an extension as it stands. */
  | { readonly structure: string | InlineStructure<object> };

export interface Member {
  readonly shape: Shape;
  /** Where it travels; a member without it is in the JSON body. */
  readonly in?: 'label' | 'query' | 'header';
  /** Its name there, if it is not the member's own. */
  readonly wireName?: string;
  readonly required?: boolean;
  readonly sensitive?: boolean;
  readonly idempotencyToken?: boolean;
}

export interface Structure {
  readonly members: Readonly<Record<string, Member>>;
  /** Exactly one member must be there. */
  readonly union?: boolean;
}

export interface HttpBinding {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** As in the model, with `{Label}` placeholders. */
  readonly uri: string;
  readonly status: number;
}

export interface ModelOperation extends HttpBinding {
  /** Names of structures; null: nothing is sent or answered. */
  readonly input: string | null;
  readonly output: string | null;
  /** Modelled errors, from the SDK's documentation of the operation. */
  readonly errors: readonly string[];
}

export interface Model {
  readonly operations: Readonly<Record<string, ModelOperation>>;
  readonly structures: Readonly<Record<string, Structure>>;
  readonly errors: Readonly<Record<string, { readonly status: number; readonly members: readonly string[] }>>;
}

// ---- Shapes of extensions -------------------------------------------------------------------------------------------

declare const typeOf: unique symbol;

/** A member with the TypeScript type that it decodes to; the type lives at compile time only. */
export interface TypedMember<T, Required extends boolean = false> extends Member {
  readonly [typeOf]?: { type: T; required: Required };
}

/** A structure of an extension. Nested ones stand inside it; the codec walks them as it walks the model's. */
export interface InlineStructure<T> {
  readonly members: Readonly<Record<string, TypedMember<unknown, boolean>>>;
  readonly [typeOf]?: T;
}

type MembersOf = Record<string, TypedMember<unknown, boolean>>;
type TypeOfMember<M> = M extends TypedMember<infer T, boolean> ? T : never;
type RequiredKeys<M extends MembersOf> = {
  [K in keyof M]: M[K] extends TypedMember<unknown, true> ? K : never;
}[keyof M];
type StructureType<M extends MembersOf> = { [K in RequiredKeys<M>]: TypeOfMember<M[K]> } & {
  [K in Exclude<keyof M, RequiredKeys<M>>]?: TypeOfMember<M[K]> | undefined;
};

export type TypeOf<S> = S extends InlineStructure<infer T> ? T : never;

const scalar = <T>(shape: Scalar): TypedMember<T> => ({ shape });
export const string = <T extends string = string>() => scalar<T>('string');
export const boolean = () => scalar<boolean>('boolean');
export const integer = () => scalar<number>('integer');
export const number = () => scalar<number>('double');
export const timestamp = () => scalar<Date>('timestamp');
/** A structure of Connect's own model, by its name there. */
export const connect = <T>(structure: string): TypedMember<T> => ({ shape: { structure } });

export function structure<M extends MembersOf>(members: M): InlineStructure<StructureType<M>> {
  return { members };
}

export function nested<T extends object>(inline: InlineStructure<T>): TypedMember<T> {
  return { shape: { structure: inline as InlineStructure<object> } };
}

export function list<T>(item: TypedMember<T>): TypedMember<T[]> {
  return { shape: { list: item.shape }, ...(item.sensitive && { sensitive: true }) };
}

export function map<T>(value: TypedMember<T>): TypedMember<Record<string, T>> {
  return { shape: { map: value.shape }, ...(value.sensitive && { sensitive: true }) };
}

/** A member whose value must not appear in messages, logs or documentation, such as a password. */
export function sensitive<T>(member: TypedMember<T>): TypedMember<T> {
  return { ...member, sensitive: true };
}

export function required<T>(member: TypedMember<T>): TypedMember<T, true> {
  return { ...member, required: true } as TypedMember<T, true>;
}

export function label(): TypedMember<string, true> {
  return { shape: 'string', in: 'label', required: true } as TypedMember<string, true>;
}

/** A query member. Like most of Connect's, its name on the wire begins with a lower-case letter. */
export function query<T>(wireName: string, member: TypedMember<T>): TypedMember<T> {
  return { ...member, in: 'query', wireName };
}
