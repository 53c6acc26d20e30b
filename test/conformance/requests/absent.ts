import { randomUUID } from 'node:crypto';
import { compileOperation } from '../../../src/connect-api/compile-operation.ts';
import type { CompiledMember, Node } from '../../../src/connect-api/compile-shapes.ts';
import { model } from '../../../src/connect-api/model.generated.ts';
import { absentKinds } from '../../../src/features/absent/absent-kinds.ts';
import { absentOperations } from '../../../src/features/absent/operations/index.ts';
import type { Operation } from '../../../src/operations/define-operation.ts';
import type { Input } from '../../support/wire-request.ts';
import type { World } from '../world.ts';
import type { Requests, RequestTable } from './request-table.ts';

/** Texts that no other text stands for. */
const texts: Readonly<Record<string, string>> = {
  FieldName: 'name',
  MinValue: '2026-01-31T08:00:00.000Z',
  MaxValue: '2026-01-31T17:00:00.000Z',
  PhoneNumberPrefix: '+1206',
  TrafficDistributionGroupId: randomUUID(),
};

/** Any value of the shape. Whatever is asked for, there is none of it, so it need not make sense. */
function anyOf(node: Node, name: string, around: readonly string[]): unknown {
  switch (node.kind) {
    case 'structure': {
      const { name: structure, members } = node.structure;
      // Conditions hold conditions, one level of them here.
      const levels = around.filter((one) => one === structure).length;
      return levels > 1 ? {} : anyInput(members, [...around, structure]);
    }
    case 'list':
      return [anyOf(node.item, name, around)];
    case 'map':
      return { Team: anyOf(node.value, name, around) };
    case 'scalar':
      if (node.scalar === 'boolean') return true;
      if (node.scalar === 'timestamp' || node.scalar === 'dateTime') return new Date('2026-01-31T08:00:00Z');
      return node.scalar === 'string' ? (node.constraint?.oneOf?.[0] ?? texts[name] ?? 'anything') : 1;
  }
}

const anyInput = (members: readonly CompiledMember[], around: readonly string[] = []): Input =>
  Object.fromEntries(members.map(({ name, node }) => [name, anyOf(node, name, around)]));

function requestsFor(operation: Operation): Requests {
  const { labels, query, body } = compileOperation(operation, model);
  const members = [...labels.map(({ member }) => member), ...query, ...body].filter(
    ({ name }) => name !== 'InstanceId' && name !== 'NextToken',
  );
  const fill = (world: World, wanted: readonly CompiledMember[]) => ({
    ...anyInput(wanted),
    ...(wanted.some(({ name }) => name === 'TargetArn') && { TargetArn: world.instanceArn }),
  });
  const names = absentKinds.some(({ named = {} }) => Object.hasOwn(named, operation.name));
  return {
    full: (world) => fill(world, members),
    minimal: (world) =>
      fill(
        world,
        members.filter(({ required }) => required),
      ),
    ...([...query, ...body].some(({ name }) => name === 'NextToken') && {
      leftOut: { NextToken: 'there is no second page' },
    }),
    ...(names && { refused: 'ResourceNotFoundException' }),
  };
}

/** For what Cordboard has none of. */
export const absentRequests: RequestTable = Object.fromEntries(
  absentOperations.map((operation) => [operation.name, requestsFor(operation)]),
);
