import type { Access } from '../access/access-control.ts';
import type { PermissionId } from '../access/permissions.ts';
import type { Sealing } from '../access/sealing.ts';
import type { Change } from '../audit/change.ts';
import type { Db, Tx } from '../database/db.ts';
import type { BatchLimits } from './batch-limits.ts';
import type { ByteStore } from './byte-store.ts';
import type { Caller } from './caller.ts';
import type { ConnectOperationName, InputOf, OutputOf } from './connect-types.ts';
import type { Constraints } from './constraints.ts';
import type { Instance } from './instance.ts';
import type { HttpBinding, InlineStructure, TypeOf } from './shapes.ts';

interface ContextOf<D> {
  readonly db: D;
  readonly caller: Caller;
  /** What the caller reaches. The runner guards what a request names and what it writes; lists take it into their condition. */
  readonly access: Access;
  /** Of the request: the SigV4 scope's, or the instance's for a signed-in user. */
  readonly region: string;
  readonly accountId: string;
  readonly requestId: string;
  readonly now: Date;
  /** The website's address for InstanceAccessUrl, without a trailing slash. */
  readonly publicUrl: string;
  /** For secrets that have to be kept. */
  readonly sealing: Sealing;
  /** How much may be unfinished of one requester of user batches. */
  readonly batchLimits: BatchLimits;
  /** Days that contacts and agents' activity are kept; null: for good. */
  readonly contactDays: number | null;
  /** Where recordings are. */
  readonly recordings: ByteStore;
  /** What came in the body, for an operation that takes bytes; null for all others. */
  readonly bytes: AsyncIterable<Uint8Array> | null;
}

/** For operations that name no instance. */
export type AccountContext<D = Db> = ContextOf<D>;

/** For operations on an instance: it exists, and the caller may use it. */
export interface InstanceContext<D = Db> extends ContextOf<D> {
  readonly instance: Instance;
}

type Scoped<D, Input> = Input extends { InstanceId: string } | { ResourceArn: string }
  ? InstanceContext<D>
  : ContextOf<D>;

/**
 * What a signed-in user must hold: one permission, any one of a list, `ANY_USER` for what everyone who is signed in may
 * see, or `ACCESS_KEY_ONLY` for account-level operations. Access keys are judged by their actions instead.
 */
export type PermissionRule = PermissionId | readonly PermissionId[] | 'ANY_USER' | 'ACCESS_KEY_ONLY';

interface Declaration<Input> {
  readonly permission: PermissionRule | ((input: Input) => PermissionRule);
  readonly constraints?: Constraints;
  /** How it differs from Amazon Connect, in a sentence for docs/api.md; left out when it is faithful. */
  readonly approximate?: string;
  /** Also for an instance that is still being created; the others are refused until it is active. */
  readonly duringCreation?: boolean;
}

interface ReadDeclaration<Input, Output, C> extends Declaration<Input> {
  readonly handler: (context: C, input: Input) => Promise<Output>;
}

interface WriteDeclaration<Input, Output, C, Before, Prepared> extends Declaration<Input> {
  /**
   * Slow work, such as hashing a password, for a caller who has been judged. It runs before the transaction, so that it
   * holds no session of the database and no lock; its result is handed to the handler.
   */
  readonly prepare?: (context: Before, input: Input) => Promise<Prepared>;
  /** Nothing to say is `{ output: {}, changes: [] }`: a write that changed nothing leaves no audit entry. */
  readonly handler: (
    context: C,
    input: Input,
    prepared: Prepared,
  ) => Promise<{ output: Output; changes: readonly Change[] }>;
}

/** An answer that is a file, streamed: its chunks are sent as they come. */
export interface FileAnswer {
  readonly contentType: string;
  readonly fileName: string;
  readonly chunks: AsyncIterable<string>;
}

/** An answer that is a file of which parts can be asked for. The wire reads what is wanted of it. */
export interface StoredFileAnswer {
  readonly contentType: string;
  readonly fileName: string;
  /** To be shown in the page, and not saved. */
  readonly inline: boolean;
  readonly size: number;
  /** Another one for other bytes. */
  readonly sha256: Buffer;
  readonly modified: Date;
  /** Both counted. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

declare const types: unique symbol;

/**
 * A declared operation as the runner, the wire and the docs read it. What it takes and answers lives at compile time only:
 * the handler has been checked against it, and calls of the website and of the tests are.
 */
export interface Operation<Name extends string = string, Input = unknown, Output = unknown> {
  readonly [types]?: { readonly input: Input; readonly output: Output };
  readonly name: Name;
  readonly kind: 'READ' | 'WRITE';
  /** Null: a Connect operation, whose binding and shapes are in the model. */
  readonly extension: {
    readonly http: HttpBinding;
    readonly input: InlineStructure<object>;
    /** `FILE`: the handler answers with a FileAnswer. `STORED_FILE`: with a StoredFileAnswer. */
    readonly output: InlineStructure<object> | 'FILE' | 'STORED_FILE';
    /** The body of a request is bytes, at most so many; null: it is JSON, or there is none. */
    readonly mostBytes: number | null;
    /** One sentence for docs/api.md. */
    readonly summary: string;
  } | null;
  readonly permission: PermissionRule | ((input: never) => PermissionRule);
  readonly constraints: Constraints;
  readonly approximate: string | null;
  readonly duringCreation: boolean;
  readonly prepare: ((context: never, input: never) => Promise<unknown>) | null;
  readonly handler: (context: never, input: never, prepared: never) => Promise<unknown>;
}

export type TakenBy<O> = O extends Operation<string, infer Input, unknown> ? Input : never;
export type AnsweredBy<O> = O extends Operation<string, unknown, infer Output> ? Output : never;

type AnyWrite = WriteDeclaration<never, unknown, never, never, unknown>;

function declare<Name extends string, Input, Output>(
  name: Name,
  kind: 'READ' | 'WRITE',
  declaration: ReadDeclaration<never, unknown, never> | AnyWrite,
  extension: Operation['extension'],
): Operation<Name, Input, Output> {
  return {
    name,
    kind,
    extension,
    permission: declaration.permission,
    constraints: declaration.constraints ?? {},
    approximate: declaration.approximate ?? null,
    duringCreation: declaration.duringCreation ?? false,
    prepare: ('prepare' in declaration && declaration.prepare) || null,
    handler: declaration.handler,
  };
}

/** A Connect operation that reads. It runs on the pool, without a transaction. */
export function defineRead<N extends ConnectOperationName>(
  name: N,
  declaration: ReadDeclaration<InputOf<N>, OutputOf<N>, Scoped<Db, InputOf<N>>>,
): Operation<N, InputOf<N>, OutputOf<N>> {
  return declare(name, 'READ', declaration as ReadDeclaration<never, unknown, never>, null);
}

/** A Connect operation that writes. Its transaction is open, and whatever it answers as changes is audited in it. */
export function defineWrite<N extends ConnectOperationName, Prepared = undefined>(
  name: N,
  declaration: WriteDeclaration<InputOf<N>, OutputOf<N>, Scoped<Tx, InputOf<N>>, Scoped<Db, InputOf<N>>, Prepared>,
): Operation<N, InputOf<N>, OutputOf<N>> {
  return declare(name, 'WRITE', declaration as AnyWrite, null);
}

interface ExtensionShapes<In, Out> {
  readonly method: HttpBinding['method'];
  readonly uri: string;
  /** 200 if left out. */
  readonly status?: number;
  readonly summary: string;
  /** The body is bytes, which the handler has as `bytes` of its context, and not JSON; no member may travel in it. */
  readonly mostBytes?: number;
  readonly input: In;
  readonly output: Out;
}

type AnswerOf<Out> = Out extends 'FILE' ? FileAnswer : Out extends 'STORED_FILE' ? StoredFileAnswer : TypeOf<Out>;

type Answers = InlineStructure<object> | 'FILE' | 'STORED_FILE';

const bindingOf = (shapes: ExtensionShapes<InlineStructure<object>, Answers>) => ({
  http: { method: shapes.method, uri: shapes.uri, status: shapes.status ?? 200 },
  input: shapes.input,
  output: shapes.output,
  summary: shapes.summary,
  mostBytes: shapes.mostBytes ?? null,
});

/** An operation that Connect does not have, in its style, that reads. */
export function defineExtensionRead<Name extends string, In extends InlineStructure<object>, Out extends Answers>(
  name: Name,
  shapes: ExtensionShapes<In, Out>,
  declaration: ReadDeclaration<TypeOf<In>, AnswerOf<Out>, Scoped<Db, TypeOf<In>>>,
): Operation<Name, TypeOf<In>, AnswerOf<Out>> {
  return declare(name, 'READ', declaration as ReadDeclaration<never, unknown, never>, bindingOf(shapes));
}

/** An operation that Connect does not have, in its style, that writes. */
export function defineExtensionWrite<
  Name extends string,
  In extends InlineStructure<object>,
  Out extends InlineStructure<object>,
  Prepared = undefined,
>(
  name: Name,
  shapes: ExtensionShapes<In, Out>,
  declaration: WriteDeclaration<TypeOf<In>, TypeOf<Out>, Scoped<Tx, TypeOf<In>>, Scoped<Db, TypeOf<In>>, Prepared>,
): Operation<Name, TypeOf<In>, TypeOf<Out>> {
  return declare(name, 'WRITE', declaration as AnyWrite, bindingOf(shapes));
}
