import type { PermissionId } from '../../../access/permissions.ts';
import { invalidRequest } from '../../../operations/errors.ts';
import { integer, required, structure, type TypedMember, type TypeOf } from '../../../operations/shapes.ts';
import type { KindCounts, UserBatch, UserBatchType } from '../types.ts';
import { deletion } from './deletion.ts';
import type { AnyKind } from './kind.ts';

/** Every kind of user batch that this server can carry out. The others are left to a server that can. */
const declared = [deletion] as const;
type Declared = (typeof declared)[number];

const kinds = new Map<UserBatchType, AnyKind>(declared.map((kind) => [kind.type, kind]));

/** For tests: one more. */
export function addKind(kind: AnyKind): void {
  kinds.set(kind.type, kind);
}

export const knownTypes = (): UserBatchType[] => [...kinds.keys()];

export const kindOf = (type: UserBatchType): AnyKind | undefined => kinds.get(type);

/** @throws InvalidRequestException */
export function requireKind({ type }: Pick<UserBatch, 'type'>): AnyKind {
  const kind = kinds.get(type);
  if (kind) return kind;
  throw invalidRequest(`This server does not know user batches of the type ${type}. Ask one of a newer version.`);
}

/** What steering and trying again may take; the kind of the batch that is named says which. */
export const kindPermissions: readonly PermissionId[] = [...new Set(declared.map(({ permission }) => permission))];

// What all kinds together put on the wire. A count of another kind than the batch's own is 0.

type All<Parts> = (Parts extends unknown ? (part: Parts) => void : never) extends (all: infer Whole) => void
  ? Whole
  : never;
const together = <Part extends object>(parts: readonly Part[]) => Object.assign({}, ...parts) as All<Part>;

export const instructionMembers = together(declared.map((kind): Declared['members'] => kind.members));
export const countMembers = countMembersOf(together(declared.map((kind): Declared['counts'] => kind.counts)));

function countMembersOf<Count extends string>(counts: Readonly<Record<Count, string>>) {
  const members = Object.keys(counts).map((name) => [name, required(integer())]);
  return Object.fromEntries(members) as Record<Count, TypedMember<number, true>>;
}

const instructionsShape = structure(instructionMembers);
const countsShape = structure(countMembers);

export function shownInstructions({ instructions }: UserBatch): TypeOf<typeof instructionsShape> {
  return Object.fromEntries(Object.entries(instructions).filter(([name]) => Object.hasOwn(instructionMembers, name)));
}

export function shownCounts(counts: KindCounts): TypeOf<typeof countsShape> {
  const members = Object.keys(countMembers).map((name) => [name, counts[name] ?? 0]);
  return Object.fromEntries(members) as TypeOf<typeof countsShape>;
}
