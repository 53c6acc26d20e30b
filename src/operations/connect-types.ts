import type * as Connect from '@aws-sdk/client-connect';

/** The SDK's own types, by operation name. The import is erased: the SDK is a development dependency. */
type CommandName = Extract<keyof typeof Connect, `${string}Command`>;

/** Every operation of the Amazon Connect service. */
export type ConnectOperationName = CommandName extends `${infer Name}Command` ? Name : never;

type CommandOf<N extends ConnectOperationName> = (typeof Connect)[`${N}Command`] extends abstract new (
  ...args: infer _Args
) => infer Command
  ? Command
  : never;

/** What the SDK writes as `X: T | undefined` is required on the wire, and has been checked before a handler sees it. */
export type Checked<T> = T extends Date | Uint8Array | string | number | boolean | undefined | null
  ? T
  : T extends readonly (infer Item)[]
    ? Checked<Item>[]
    : T extends object
      ? {
          [K in keyof T]: Record<never, never> extends Pick<T, K> ? Checked<T[K]> : Checked<Exclude<T[K], undefined>>;
        }
      : T;

export type InputOf<N extends ConnectOperationName> =
  CommandOf<N> extends { input: infer Input } ? Checked<Input> : never;

export type OutputOf<N extends ConnectOperationName> =
  CommandOf<N> extends {
    resolveMiddleware(...args: never[]): (...args: never[]) => Promise<{ output: infer Output }>;
  }
    ? Omit<Output & object, '$metadata'>
    : never;

export type { Connect };
