import type { Operation } from '../operations/define-operation.ts';
import type { HttpBinding, Model } from '../operations/shapes.ts';
import { type CompiledOperation, compileOperation, segmentsOf } from './compile-operation.ts';

export interface Route {
  readonly name: string;
  readonly http: HttpBinding;
  /** Null: an operation of Connect that is not offered. */
  readonly offered: CompiledOperation | null;
}

/**
 * Every operation of the model, offered or not, and the extensions.
 * @throws Error for an operation that is declared twice or does not fit the model.
 */
export function routeTable(operations: readonly Operation[], model: Model): Route[] {
  const offered = new Map<string, CompiledOperation>();
  for (const operation of operations) {
    if (offered.has(operation.name)) throw new Error(`${operation.name} is declared twice.`);
    offered.set(operation.name, compileOperation(operation, model));
  }
  const routes: Route[] = Object.entries(model.operations).map(([name, http]) => {
    return { name, http, offered: offered.get(name) ?? null };
  });
  for (const [name, compiled] of offered) {
    if (compiled.operation.extension) routes.push({ name, http: compiled.http, offered: compiled });
  }
  return routes;
}

/** The methods under which a path is known; none for an unknown path. For the way to an error only: it is a search. */
export function methodsFor(routes: readonly Route[], path: string): string[] {
  const segments = segmentsOf(path.replace(/(?<=.)\/$/, ''));
  const found = routes.filter(({ http }) => {
    const wanted = segmentsOf(http.uri.replace(/\/$/, ''));
    return wanted.length === segments.length && wanted.every((each, i) => each.startsWith('{') || each === segments[i]);
  });
  const methods = found.flatMap(({ http, offered }) => [
    http.method,
    ...(offered?.output === 'STORED_FILE' ? ['HEAD'] : []),
  ]);
  return [...new Set(methods)].sort();
}
