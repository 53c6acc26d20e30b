import type { FileAnswer, StoredFileAnswer } from './define-operation.ts';

type Primitive = string | number | boolean | null | undefined;

/** A request as a client writes it: what a handler takes, but for times, which a body has as seconds since 1970. */
export type Sent<T> = T extends Primitive
  ? T
  : T extends Date
    ? number
    : T extends readonly (infer Item)[]
      ? readonly Sent<Item>[]
      : T extends object
        ? { readonly [K in keyof T]: Sent<T[K]> }
        : T;

/** An answer as a client reads it from its JSON: what a handler answers, with times as seconds since 1970; a file is text. */
export type Answered<T> = T extends Primitive
  ? T
  : T extends Date
    ? number
    : T extends FileAnswer | StoredFileAnswer
      ? string
      : T extends readonly (infer Item)[]
        ? Answered<Item>[]
        : T extends object
          ? { [K in keyof T]: Answered<T[K]> }
          : T;
