import { kindByField, kindByFilter, kindByMember, kindBySearch, type NamedKind } from '../resources/resources.ts';
import { arnOf, arnReferenceIn, handedOn, instanceArn, type Reference, referenceIn } from './arn.ts';
import type { Instance } from './instance.ts';

/**
 * The members of requests that name a resource, as resources/ declares them, once for all operations. The runner reads
 * each of them before the handler, refuses what cannot be read, judges whether the caller reaches it, and hands the id on
 * that it read. A test walks the shapes and the requests of all operations and fails for what names something undeclared.
 */

/** `ANY`: an ARN, whose kind it says itself. */
type Kind = NamedKind | 'ANY';

const anyKind = 'resourceArn';

/** What a member names, whatever the operation; undefined: nothing that the runner has to read. */
export function namedBy(member: string, holder: string): Kind | undefined {
  return member === anyKind ? 'ANY' : (kindByMember.get(`${holder}.${member}`) ?? kindByMember.get(member));
}

/** An empty text here takes away what was there. */
const mayBeEmpty: ReadonlySet<string> = new Set(['AllowedAccessControlHierarchyGroupId']);

/**
 * Members of single operations whose handler reads each text by itself, with the same reader, and judges it: one that is
 * no id, or out of reach, fails alone.
 */
export const readOneByOne: ReadonlySet<string> = new Set([
  'BatchDeleteQuickConnects.QuickConnectIds',
  'PreviewUserDeletion.UserIds',
  'StartUserDeletion.UserIds',
]);

/** Maps, whose keys are anybody's words. */
export const passedOver: ReadonlySet<string> = new Set(['Tags', 'tags', 'AllowedAccessControlTags', 'Attributes']);

type Input = Readonly<Record<string, unknown>>;

export interface ReadRequest {
  /** The input with what was read in the place of what was given. */
  readonly input: Input;
  /** The ids that are to be within reach, by the type of what they name. */
  readonly named: ReadonlyMap<Reference['type'], readonly string[]>;
}

/**
 * Reads whatever a request names, wherever it stands: a quick connect's user is two structures down.
 * @throws InvalidParameterException, ResourceNotFoundException
 */
export function readNamed(operation: string, given: Input, instance: Instance): ReadRequest {
  const named = new Map<Reference['type'], string[]>();

  const read = (member: string, kind: Kind, text: string): string => {
    if (text === '' && mayBeEmpty.has(member)) return text;
    const reference = kind === 'ANY' ? arnReferenceIn(text, instance) : referenceIn(text, kind, instance);
    const ids = named.get(reference.type);
    if (ids) ids.push(reference.id);
    else named.set(reference.type, [reference.id]);
    return kind === 'ANY' ? arnOfReference(reference, instance) : handedOn(reference);
  };

  const readMember = (member: string, value: unknown, holder: string): unknown => {
    if (passedOver.has(member) || readOneByOne.has(`${operation}.${member}`)) return value;
    const kind = namedBy(member, holder);
    if (kind && typeof value === 'string') return read(member, kind, value);
    if (kind && Array.isArray(value) && value.every((item) => typeof item === 'string')) {
      return value.map((item) => read(member, kind, item));
    }
    return walk(value, member);
  };

  const walk = (value: unknown, holder: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, holder));
    if (!isStructure(value)) return value;
    const structure = holder === 'StringCondition' ? withIdIn(operation, value, instance) : value;
    const filtered = kindOfFilter(structure);
    return Object.fromEntries(
      Object.entries(structure).map(([member, inner]) => [
        member,
        filtered && member === filterValues && Array.isArray(inner)
          ? inner.map((item) => (typeof item === 'string' ? read(member, filtered, item) : item))
          : readMember(member, inner, holder),
      ]),
    );
  };

  return { input: walk(given, '') as Input, named };
}

/** Beside a FilterKey: what they name it says. */
export const filterValues = 'FilterValues';

/** What the values of a filter name, where they name anything. */
export const kindOfFilter = ({ FilterKey: key }: Input): NamedKind | undefined =>
  typeof key === 'string' ? kindByFilter.get(key) : undefined;

/** Times and the like are values. */
const isStructure = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Of one kind, so that no more can be read out of it than was read. */
function arnOfReference({ type, id }: Reference, instance: Instance): string {
  return type === 'instance' || type === 'override' ? instanceArn(instance) : arnOf(instance, type, id);
}

/** A StringCondition with the id in place of an ARN. */
function withIdIn(operation: string, condition: Input, instance: Instance): Input {
  const { FieldName: field, Value: value } = condition;
  if (typeof field !== 'string' || typeof value !== 'string' || !/^arn:/i.test(value)) return condition;
  const name = field.toLowerCase();
  const kind = name === 'resourceid' ? kindBySearch.get(operation) : kindByField.get(name);
  return kind ? { ...condition, Value: referenceIn(value, kind, instance).id } : condition;
}
