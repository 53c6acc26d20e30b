import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import { type CompiledMember, mostCharacters, mostEntries, type Node } from '../../src/connect-api/compile-shapes.ts';
import { model } from '../../src/connect-api/model.generated.ts';
import type { Constraint } from '../../src/operations/constraints.ts';
import { offered } from './house.ts';
import { deviations } from './limit-deviations.ts';

interface Limit {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

/** Made by scripts/extract-limits.mjs from the model that the AWS CLI is made from; its version stands in it. */
const { structures } = JSON.parse(readFileSync(new URL('connect-limits.json', import.meta.url), 'utf8')) as {
  readonly structures: Readonly<Record<string, Readonly<Record<string, Limit>>>>;
};

const spanOf = ({ min, max }: Limit) => (min === undefined && max === undefined ? '' : `${min ?? 0}..${max ?? ''}`);
const wordsOf = (limit: Limit) => [spanOf(limit), limit.pattern ?? ''].filter(Boolean).join(' ') || 'no limit';

function checkedBy(constraint: Constraint): Limit {
  const [min, max] = constraint.length ?? constraint.items ?? constraint.range ?? [];
  // A slash is escaped in JavaScript's patterns alone.
  const pattern = constraint.pattern?.source.replaceAll('\\/', '/');
  return {
    ...(min !== undefined && { min }),
    ...(typeof max === 'number' && { max }),
    ...(pattern !== undefined && { pattern }),
  };
}

/** Without the end that every list and text has where the model states none. */
function ownOf(limit: Limit, stated: Limit): Limit {
  const { min, max, pattern } = limit;
  const isHouse = stated.max === undefined && (max === mostCharacters || max === mostEntries);
  return isHouse ? { ...(min && { min }), ...(pattern !== undefined && { pattern }) } : limit;
}

/** What is checked, a bar, and what the model states, if anything. Null when it is the same, or names that all fit. */
function deviationOf(constraint: Constraint | null, stated: Limit): string | null {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern = '' } = stated;
  const fits = (name: string) => name.length >= min && name.length <= max && new RegExp(pattern).test(name);
  if (constraint?.oneOf?.every(fits)) return null;
  const [ours, models] = [wordsOf(ownOf(checkedBy(constraint ?? {}), stated)), wordsOf(stated)];
  return models === 'no limit' || ours === models ? null : `${ours} | ${models}`;
}

/** Every place of the operation's input that deviates, as the model names it: `Structure.Member[]`. */
function deviationsOf({ operation, labels, query, headers, body }: CompiledOperation): Map<string, string> {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  function walkMembers(structure: string, members: readonly CompiledMember[]): void {
    if (seen.has(structure)) return;
    seen.add(structure);
    for (const { name, node } of members) walk(structure, name, node);
  }
  function walk(structure: string, place: string, node: Node): void {
    if (node.kind === 'structure') {
      walkMembers(node.structure.name, node.structure.members);
      return;
    }
    const { pattern, ...span } = structures[structure]?.[place] ?? {};
    // Ids of instances and page tokens are read, each in one place: what their patterns would refuse is refused there.
    const isRead = place === 'InstanceId' || place === 'NextToken';
    const deviation = deviationOf(node.constraint, isRead || pattern === undefined ? span : { ...span, pattern });
    if (deviation) found.set(`${structure}.${place}`, deviation);
    if (node.kind === 'list') walk(structure, `${place}[]`, node.item);
    if (node.kind === 'map') {
      walk(structure, `${place}{key}`, node.key);
      walk(structure, `${place}{value}`, node.value);
    }
  }
  const input = model.operations[operation.name]?.input;
  if (input) walkMembers(input, [...labels.map(({ member }) => member), ...query, ...headers, ...body]);
  return found;
}

test('lists, texts and numbers have the limits of the model, or others for a reason', () => {
  const found = [...offered.values()].flatMap((operation) =>
    [...deviationsOf(operation)].map((entry) => entry.join(' ')),
  );
  const known = Object.values(deviations).flatMap((places) => Object.entries(places).map((entry) => entry.join(' ')));
  expect([...new Set(found)].sort(), 'mend the constraint, or give the reason in limit-deviations.ts').toEqual(
    known.sort(),
  );
});
