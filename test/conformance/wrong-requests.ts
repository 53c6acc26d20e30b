import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import type { CompiledMember, Node } from '../../src/connect-api/compile-shapes.ts';
import { type Input, partsOf, type RequestParts, type SentRequest, wireOf } from '../support/wire-request.ts';
import { type Path, replaced, textOf } from './paths.ts';
import type { World } from './world.ts';
import { type KnownIds, wrongIdsFor } from './wrong-ids.ts';
import { wrongTokensFor } from './wrong-tokens.ts';
import { type WrongValue, wrongTexts, wrongValuesFor } from './wrong-values.ts';

/** A request that differs from a right one in one thing, which makes it a wrong one. */
export interface WrongRequest {
  /** The member, by its path. Empty: the request as a whole. */
  readonly place: string;
  readonly wrong: string;
  readonly request: SentRequest;
}

/** What is wrong in members of these names, though their shapes would take it. */
const wrongByName: Readonly<Record<string, readonly string[]>> = {
  FieldName: ['', 'NoSuchField', '__proto__'],
  TimeZone: ['', 'Mars/Olympus', 'Europe/Nowhere'],
  EffectiveFrom: ['2031-02-30', '2099-01-01'],
  EffectiveTill: ['2031-02-30', '2001-01-01', '2031-13-01'],
  FromDate: ['2031-02-30', '2099-01-01'],
  ToDate: ['2031-02-30', '2001-01-01'],
  Content: ['x', '[]', '{}', '{"Version":"2019-10-30","StartAction":"a","Actions":[]}'],
  'Permissions[0]': ['No.Such.Permission', '__proto__'],
  'UserProficiencies[0].AttributeName': ['No such attribute'],
  'UserProficiencies[0].AttributeValue': ['No such value'],
};

/** Every request with one thing wrong that can be derived from this right one. `known` are the ids that mean something. */
export function wrongRequestsFrom(
  operation: CompiledOperation,
  input: Input,
  world: World,
  known: KnownIds,
): WrongRequest[] {
  const right = partsOf(operation, input);
  const made: WrongRequest[] = [];
  const add = (place: string, wrong: string, parts: Partial<RequestParts>) => {
    made.push({ place, wrong, request: wireOf(operation, { ...right, ...parts }) });
  };
  const wrongText = (member: CompiledMember, node: Node, place: string, text: string): WrongValue[] => [
    ...(node.kind === 'scalar' ? wrongTexts(node.constraint, text) : []),
    ...wrongByNature(place, text, world, known),
    ...(member.in === 'query' ? wrongNumberTexts(node) : []),
  ];

  for (const { member } of operation.labels) {
    const { name, node } = member;
    const text = right.labels[name] ?? '';
    const wrong: WrongValue[] = [
      ['nothing in its place', ''],
      ['3000 characters', 'a'.repeat(3000)],
      ...wrongText(member, node, name, text),
      ...(known.has(text) || text.startsWith('arn:') ? [] : ([['an unknown name', 'No such thing']] as const)),
    ];
    for (const [what, value] of wrong) {
      // No URL can have it.
      if (what !== 'half a surrogate pair') add(name, what, { labels: { ...right.labels, [name]: String(value) } });
    }
    const whole = wireOf(operation, { ...right, labels: { ...right.labels, [name]: 'WRONG' } });
    made.push({
      place: name,
      wrong: 'bad percent-encoding',
      request: { ...whole, url: whole.url.replace('WRONG', '%C3') },
    });
  }

  for (const member of operation.query) {
    const { name, wireName, required } = member;
    const node = member.node.kind === 'list' ? member.node.item : member.node;
    const others = right.query.filter(([key]) => key !== wireName);
    const text = right.query.find(([key]) => key === wireName)?.[1];
    if (text === undefined) continue;
    if (required) add(name, 'absent', { query: others });
    for (const [wrong, value] of wrongText(member, node, name, text)) {
      if (wrong !== 'half a surrogate pair') add(name, wrong, { query: [...others, [wireName, String(value)]] });
    }
    if (member.node.kind !== 'list') add(name, 'several values', { query: [...right.query, [wireName, text]] });
    const most = member.node.kind === 'list' ? member.node.constraint?.items?.[1] : null;
    if (most) {
      add(name, 'too many entries', { query: [...others, ...Array(most + 1).fill([wireName, text])] });
    }
    const whole = wireOf(operation, { ...right, query: [...others, [wireName, 'WRONG']] });
    made.push({
      place: name,
      wrong: 'bad percent-encoding',
      request: { ...whole, url: whole.url.replace('WRONG', '%C3') },
    });
  }

  if (operation.body.length > 0) {
    for (const { place, wrong, body } of wrongBodies(operation, right.body as Input, world, known)) {
      add(place, wrong, { body });
    }
    const whole = wireOf(operation, right);
    for (const [wrong, body] of wrongAsAWhole(operation)) made.push({ place: '', wrong, request: { ...whole, body } });
  }
  return made;
}

interface WrongBody {
  readonly place: string;
  readonly wrong: string;
  readonly body: Input;
}

/** Goes through what the body has, depth first, and changes one place at a time. */
function wrongBodies(operation: CompiledOperation, right: Input, world: World, known: KnownIds): WrongBody[] {
  const made: WrongBody[] = [];
  const add = (path: Path, wrong: string, value: unknown) => {
    made.push({ place: textOf(path), wrong, body: replaced(right, path, value) as Input });
  };
  const walkMembers = (members: readonly CompiledMember[], value: Input, path: Path) => {
    for (const { wireName, required, node } of members) {
      const inner = value[wireName];
      if (inner === undefined) continue;
      const place = [...path, wireName];
      if (required) {
        add(place, 'absent', undefined);
        add(place, 'null', null);
      }
      walk(node, inner, place);
    }
  };
  const walk = (node: Node, value: unknown, path: Path) => {
    for (const [wrong, bad] of wrongValuesFor(node, value)) add(path, wrong, bad);
    if (typeof value === 'string') {
      for (const [wrong, bad] of wrongByNature(textOf(path), value, world, known)) add(path, wrong, bad);
    }
    if (node.kind === 'structure') {
      walkMembers(node.structure.members, value as Input, path);
      const unions = node.structure.union ? [[], {}] : [];
      for (const bad of unions) add(path, 'no member of the union', bad);
    }
    if (node.kind === 'list' && Array.isArray(value) && value.length > 0) {
      if (isNestable(node, path)) add(path, 'conditions within conditions without end', nested(path, value, 100));
      walk(node.item, value[0], [...path, 0]);
    }
    if (node.kind === 'map') {
      const [key] = Object.keys(Object(value));
      if (key !== undefined) walk(node.value, (value as Input)[key], [...path, key]);
    }
  };
  walkMembers(operation.body, right, []);
  return made;
}

/** Search criteria hold search criteria. */
const isNestable = (node: Node & { kind: 'list' }, path: Path) =>
  node.item.kind === 'structure' && node.item.structure.byName.has(String(path.at(-1)));

function nested(path: Path, value: unknown, depth: number): unknown {
  const member = String(path.at(-1));
  return depth === 0 ? value : [{ [member]: nested(path, value, depth - 1) }];
}

/** What a shape does not know: ids, tokens, and words that only their member gives a meaning. */
function wrongByNature(place: string, text: string, world: World, known: KnownIds): WrongValue[] {
  const member = place.slice(place.lastIndexOf('.') + 1);
  return [
    ...wrongIdsFor(text, known, world),
    ...(member === 'NextToken' || member === 'nextToken' ? wrongTokensFor(text) : []),
    ...(wrongByName[member] ?? wrongByName[place] ?? []).map((word): WrongValue => [`"${word.slice(0, 40)}"`, word]),
  ];
}

function wrongNumberTexts(node: Node): WrongValue[] {
  if (node.kind !== 'scalar' || node.scalar === 'string') return [];
  const { scalar, constraint } = node;
  const texts = ['', ' ', 'x', '{}', 'null', 'NaN', 'Infinity', '0x10', '1e3'];
  const [min, max] = constraint?.range ?? [null, null];
  return [
    ...texts.map((text): WrongValue => [`"${text}"`, text]),
    ...(scalar === 'integer'
      ? (['1.5', '2147483648', '99999999999999999999999'] as const).map((text): WrongValue => [`"${text}"`, text])
      : []),
    ...(scalar === 'boolean' ? (['True', '1'] as const).map((text): WrongValue => [`"${text}"`, text]) : []),
    ...(min === null ? [] : ([['too small a number', String(min - 1)]] as const)),
    ...(max === null ? [] : ([['too great a number', String(max + 1)]] as const)),
  ];
}

/** Bodies that are no JSON object. An empty one is an empty object, which is wrong where something is required. */
function wrongAsAWhole({ body }: CompiledOperation): (readonly [wrong: string, body: string | Buffer])[] {
  const texts = ['{', '{"a":}', '{"a":1,}', "{'a':1}", 'x', '[]', '[{}]', '"x"', '1', 'true', 'null'];
  return [
    ...texts.map((text) => [`the body ${text}`, text] as const),
    ['a body that is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['a body of open brackets', '['.repeat(100_000)],
    ...(body.some(({ required }) => required)
      ? ([
          ['the body {}', '{}'],
          ['an empty body', ''],
        ] as const)
      : []),
  ];
}
