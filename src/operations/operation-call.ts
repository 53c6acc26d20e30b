import type { Caller } from './caller.ts';
import type { Operation } from './define-operation.ts';

/** One request for one operation; its input has been decoded and checked against the operation's shapes. */
export interface OperationCall {
  readonly operation: Operation;
  readonly input: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  readonly region: string;
  readonly requestId: string;
  /** Of an operation that takes them. */
  readonly bytes?: AsyncIterable<Uint8Array>;
  /** Told when the caller has been judged and may do this, at each try; may refuse it all the same. */
  readonly onAllowed?: () => void;
}

/** How a door has an operation done. */
export type Run = (call: OperationCall) => Promise<unknown>;
