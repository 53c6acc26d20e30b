import { type RawBuilder, sql } from 'kysely';

/** How a member of a user is kept: its column, the column's type, and what holds where there is nothing. */
interface Column {
  readonly column: string;
  readonly type: 'text' | 'uuid' | 'boolean' | 'integer' | 'jsonb';
  readonly otherwise?: string;
}

/**
 * What can change about a user, in the order of the page: the store makes its statements from this list and the audit its
 * names. The security profiles stand in a table of their own.
 */
export const columns = {
  firstName: { column: 'first_name', type: 'text' },
  lastName: { column: 'last_name', type: 'text' },
  email: { column: 'email', type: 'text' },
  secondaryEmail: { column: 'secondary_email', type: 'text' },
  mobile: { column: 'mobile', type: 'text' },
  routingProfileId: { column: 'routing_profile_id', type: 'uuid' },
  hierarchyGroupId: { column: 'hierarchy_group_id', type: 'uuid' },
  phoneType: { column: 'phone_type', type: 'text', otherwise: 'SOFT_PHONE' },
  autoAccept: { column: 'auto_accept', type: 'boolean', otherwise: 'false' },
  afterContactWorkTimeLimit: { column: 'after_contact_work_time_limit', type: 'integer', otherwise: '0' },
  deskPhoneNumber: { column: 'desk_phone_number', type: 'text' },
  persistentConnection: { column: 'persistent_connection', type: 'boolean', otherwise: 'false' },
  channelConfigs: { column: 'channel_configs', type: 'jsonb', otherwise: '{}' },
} as const satisfies Readonly<Record<string, Column>>;

export type ColumnMember = keyof typeof columns;

/** What Connect's IdentityInfo holds, by the same words. */
export const identityMembers = ['firstName', 'lastName', 'email', 'secondaryEmail', 'mobile'] as const;

/** As Connect and the audit write a member. */
export const capitalized = <Member extends string>(member: Member) =>
  `${member.charAt(0).toUpperCase()}${member.slice(1)}` as Capitalize<Member>;

/** Only at the beginning: nothing changes them. */
const fixed = {
  id: { column: 'id', type: 'uuid' },
  username: { column: 'username', type: 'text' },
  passwordHash: { column: 'password_hash', type: 'text' },
  directoryUserId: { column: 'directory_user_id', type: 'text' },
  tags: { column: 'tags', type: 'jsonb', otherwise: '{}' },
} as const satisfies Readonly<Record<string, Column>>;

const { passwordHash: _, ...shown } = fixed;

const orOtherwise = (value: RawBuilder<unknown>, { type, otherwise }: Column) =>
  otherwise === undefined ? value : sql`coalesce(${value}, ${sql.lit(otherwise)}::${sql.raw(type)})`;

const inserted: readonly (readonly [member: string, Column])[] = Object.entries({ ...fixed, ...columns });

/** The columns of a new user; then their values, of a record `r` that holds a NewUser as JSON; then that record's columns. */
export const insertedColumns = sql.join(inserted.map(([, { column }]) => sql.ref(column)));
export const insertedValues = sql.join(inserted.map(([member, one]) => orOtherwise(sql.ref(`r.${member}`), one)));
export const insertedRecord = sql.join(inserted.map(([member, { type }]) => sql`${sql.ref(member)} ${sql.raw(type)}`));

/** All that a user is read from, of `users as u`, by its member. */
export const selectedColumns = sql.join(
  Object.entries<Column>({ ...shown, ...columns }).map(
    ([member, one]) => sql`${orOtherwise(sql.ref(`u.${one.column}`), one)} as ${sql.ref(member)}`,
  ),
);

/** `column = value` for the members that are there. A member that has no column here does not compile. */
export function assignments<Settings extends { readonly [M in ColumnMember]?: unknown }>(
  settings: Exclude<keyof Settings, ColumnMember> extends never ? Settings : never,
): RawBuilder<unknown>[] {
  return Object.entries<Column>(columns)
    .filter(([member]) => settings[member as ColumnMember] !== undefined)
    .map(([member, { column, type }]) => {
      const value = settings[member as ColumnMember];
      const written = type === 'jsonb' && value !== null ? JSON.stringify(value) : value;
      return sql`${sql.ref(column)} = ${written}::${sql.raw(type)}`;
    });
}
