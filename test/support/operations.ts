import { type CompiledOperation, compileOperation } from '../../src/connect-api/compile-operation.ts';
import { model } from '../../src/connect-api/model.generated.ts';
import { allOperations, type InputOf, type OperationName, type OutputOf } from '../../src/operations.ts';

export type { InputOf, OperationName };

/** What a test expects to be there: every member, however optional. One that is not is seen by its assertion. */
export type Present<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? Present<Item>[]
    : { [K in keyof T]-?: Present<Exclude<T[K], undefined>> };

export type Answer<Name extends OperationName> = Present<OutputOf<Name>>;

const compiled = new Map<string, CompiledOperation>();

export function operationOf(name: string): CompiledOperation {
  const known = compiled.get(name);
  if (known) return known;
  const operation = allOperations.find((one) => one.name === name);
  if (!operation) throw new Error(`There is no operation ${name}.`);
  const made = compileOperation(operation, model);
  compiled.set(name, made);
  return made;
}
