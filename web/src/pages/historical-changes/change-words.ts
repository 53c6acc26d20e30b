import type { InputTo, OutputOf } from '../../api/operations.ts';
import { countOf, listOf } from '../../components/words.ts';

export type HistoricalChange = OutputOf<'ListHistoricalChanges'>['HistoricalChanges'][number];
type Filter<Member extends 'ResourceTypes' | 'Actions' | 'Doors'> = NonNullable<
  InputTo<'ListHistoricalChanges'>[Member]
>[number];

/** Kinds of resources, as the navigation and the messages call them. */
export const typeWords = {
  agent: 'User',
  'user-batch': 'User batch',
  session: 'Session',
  'sign-in': 'Sign-in',
  'security-profile': 'Security profile',
  'agent-group': 'Hierarchy group',
  'agent-group-level': 'Hierarchy level',
  'agent-state': 'Agent status',
  'routing-profile': 'Routing profile',
  queue: 'Queue',
  'transfer-destination': 'Quick connect',
  'operating-hours': 'Hours of operation',
  'contact-flow': 'Flow',
  'flow-module': 'Flow module',
  'predefined-attribute': 'Predefined attribute',
  contact: 'Contact',
  'saved-report': 'Saved report',
  instance: 'Instance',
} as const satisfies Record<Filter<'ResourceTypes'>, string>;

export const actionWords = {
  CREATED: 'Created',
  UPDATED: 'Updated',
  DELETED: 'Deleted',
} as const satisfies Record<Filter<'Actions'>, string>;

/** By which way a change came. */
export const doorWords = {
  WEBSITE: 'Website',
  API: 'API (access key)',
  BATCH: 'User batch',
  REPLICATION: 'Replication',
  SYSTEM: 'Cordboard itself',
} as const satisfies Record<Filter<'Doors'>, string>;

/** What happens at the website's own doors is in the audit, and is no operation of the API. */
const ofSessions = ['ChangePassword', 'EndSession', 'LockOut', 'SignIn', 'SignOut'];
const reading = /^(?:Check|Describe|Download|Get|List|Preview|Search)/;

/** The operations that leave entries, of all that there are. */
export const writingOperations = (all: readonly string[]): string[] =>
  [...all.filter((name) => !reading.test(name)), ...ofSessions].sort();

/** "SecondaryEmail" as people read it. */
export const memberText = (member: string): string =>
  member
    .replace(/(?<=[a-z\d])[A-Z][a-z]/g, (start) => ` ${start.toLowerCase()}`)
    .replace(/(?<=[a-z])[A-Z]+$/, (end) => ` ${end}`);

/** A name as it was then; one that may not be told by its id. */
export const actorText = ({ Actor: { Type, Id, Name } }: HistoricalChange): string =>
  Type === 'ACCESS_KEY' ? `Access key ${Id}` : (Name ?? Id);

/** Undefined: not recorded. */
export const parsed = (json: string | undefined): unknown => (json === undefined ? undefined : JSON.parse(json));

/** What of it is shorter than a line; null for anything else. */
export function shortText(value: unknown): string | null {
  if (value === null || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.length <= 40 ? value : null;
  return isNamed(value) ? shortText(value.Name) : null;
}

/** Something else that is told by its name beside its id. */
export const isNamed = (value: unknown): value is { readonly Id: string; readonly Name: string } =>
  typeof value === 'object' && value !== null && 'Id' in value && 'Name' in value && Object.keys(value).length === 2;

/** "First name: Ada → Augusta", "First name and Email", "12 values". */
export function summaryOf({ Action, Changes }: HistoricalChange): string {
  if (Action !== 'UPDATED') return Changes.length === 0 ? '–' : countOf(Changes.length, 'value');
  const [first, ...others] = Changes;
  if (!first) return '–';
  if (others.length > 0) return listOf(Changes.map(({ Member }) => memberText(Member)));
  const before = shortText(parsed(first.Old));
  const after = shortText(parsed(first.New));
  return before === null || after === null
    ? memberText(first.Member)
    : `${memberText(first.Member)}: ${before} → ${after}`;
}

/** A kind that is newer than this page by its own name. */
export const typeText = ({ Resource: { Type } }: HistoricalChange): string => typeWords[Type] ?? Type;

/** "User ada: updated". */
export const changeTitle = (change: HistoricalChange): string =>
  `${typeText(change)} ${change.Resource.Name}: ${actionWords[change.Action].toLowerCase()}`;
