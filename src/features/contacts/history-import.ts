import { setImmediate as turn } from 'node:timers/promises';
import { type Change, updateOf } from '../../audit/change.ts';
import { instanceId, items, length } from '../../operations/constraints.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { accessDenied } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import { boolean, integer, label, list, nested, required, string, structure } from '../../operations/shapes.ts';
import type { RecordRefusal } from './record-values.ts';

/*
 * What the imports of history share, of contact records and of agent events: texts as Amazon Connect's streams deliver them,
 * each of which is taken or refused for itself.
 */

/** A call is one transaction. */
const mostRecords = 5000;
/** No more than a request can hold; how long a record may be is said with the record. */
const longestText = 16 * 1024 * 1024;

export const historyInput = structure({
  InstanceId: label(),
  Records: required(list(string())),
  AnyInstance: boolean(),
  DryRun: boolean(),
});

export const historyConstraints = {
  ...instanceId,
  Records: items(1, mostRecords),
  'Records[]': length(0, longestText),
} as const;

export const refusedList = list(
  nested(
    structure({
      /** In the list of the request, from 0. */
      Index: required(integer()),
      /** Empty for the record as a whole. */
      Field: required(string()),
      Reason: required(string()),
    }),
  ),
);

/** @throws AccessDeniedException: streams speak of everybody, so what comes of them cannot be held to a part of the agents. */
export function requireEverybody({ access }: Pick<InstanceContext<unknown>, 'access'>): void {
  if (access.limits('agent') === null) return;
  throw accessDenied(
    'History is imported and checked by those who reach every user; your security profiles limit whom you reach.',
  );
}

export type RefusedText = RecordRefusal & { readonly index: number };

export const shownRefusals = (refused: readonly RefusedText[]) =>
  refused.map(({ index, field, reason }) => ({ Index: index, Field: field, Reason: reason }));

/** One entry in the audit, with the counts: what changed is the history of the instance. */
export function importChange(
  instance: Instance,
  member: 'ContactRecords' | 'AgentEvents',
  counts: Readonly<Record<string, number>>,
): Change {
  const { id, alias } = instance;
  return updateOf('instance', { id, name: alias ?? id }, { [member]: { Old: null, New: counts } });
}

/** Others get their turn after so many: a few milliseconds. */
export const atATime = 50;
/** And after so many characters, for a record may be as long as thousands of others. */
const mostAtATime = 128 * 1024;

/** Reads texts, without a database; takes a moment for thousands, but holds up nobody. @returns those that are refused */
export async function readTexts<Read extends object>(
  texts: readonly string[],
  read: (text: string) => Read | RecordRefusal,
  take: (one: Read, text: string) => void,
): Promise<RefusedText[]> {
  const refused: RefusedText[] = [];
  let characters = 0;
  for (const [index, text] of texts.entries()) {
    if (index % atATime === atATime - 1 || characters > mostAtATime) {
      await turn();
      characters = 0;
    }
    characters += text.length;
    const one = read(text);
    if ('reason' in one) refused.push({ index, ...one });
    else take(one, text);
  }
  return refused;
}
