import { instanceIn, isPlaceOf } from '../../../operations/arn.ts';
import type { InputOf, OutputOf } from '../../../operations/connect-types.ts';
import type { Constraints } from '../../../operations/constraints.ts';
import { type AccountContext, defineRead, type Operation } from '../../../operations/define-operation.ts';
import { invalidParameter, noSuch } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { unusableToken } from '../../../operations/paging.ts';
import { criteriaCondition } from '../../../operations/search.ts';
import { type AbsentKind, type AbsentName, absentKinds, type EmptyList, type Named } from '../absent-kinds.ts';

type Input = Readonly<Record<string, unknown>>;
type Context = AccountContext & { readonly instance: Instance | null };

/** The name of an operation is checked where it stands in the table; here it is any. */
function define(
  name: string,
  { permission, words: [, several] }: AbsentKind,
  constraints: Constraints,
  handler: (context: Context, input: Input) => Promise<object>,
): Operation {
  const declaration = {
    permission,
    constraints,
    approximate: `There are no ${several} here.`,
    handler,
  };
  return defineRead(name as 'ListPrompts', declaration as never);
}

function emptyList(name: string, kind: AbsentKind, { answer, constraints }: EmptyList): Operation {
  return define(name, kind, constraints, async ({ instance }, input) => {
    // No list has given one: there is no second page.
    if (input.NextToken !== undefined) throw unusableToken();
    if (typeof input.TargetArn === 'string') requireTarget(instance, input.TargetArn);
    // Nothing is compared with it, but it has the bounds of every other search.
    criteriaCondition(input.SearchCriteria as Parameters<typeof criteriaCondition>[0], () => []);
    return answer;
  });
}

function requireTarget(instance: Instance | null, arn: string): void {
  const target = instanceIn(arn);
  if (instance?.id === target.id && target.place && isPlaceOf(target, instance)) return;
  throw invalidParameter('TargetArn must be the ARN of the instance that InstanceId names.');
}

function ofNone(name: string, kind: AbsentKind, { id, constraints }: Named): Operation {
  return define(name, kind, constraints, async (_, input) => {
    throw noSuch(kind.words[0], String(input[id]));
  });
}

type AbsentOperation = { [Name in AbsentName]: Operation<Name, InputOf<Name>, OutputOf<Name>> }[AbsentName];

export const absentOperations = absentKinds.flatMap((kind) => [
  ...Object.entries(kind.lists).map(([name, list]) => emptyList(name, kind, list)),
  ...Object.entries(kind.named ?? {}).map(([name, named]) => ofNone(name, kind, named)),
]) as readonly Operation[] as readonly AbsentOperation[];
