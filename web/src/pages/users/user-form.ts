import type { InputTo } from '../../api/operations.ts';
import type { Session } from '../../api/session.ts';
import type { DescribedUser } from '../../api/users.ts';
import { type TagRow, tagErrors, toTags } from '../../components/tag-rows.ts';

type IdentityInfo = InputTo<'UpdateUserIdentityInfo'>['IdentityInfo'];
type PhoneConfig = InputTo<'UpdateUserPhoneConfig'>['PhoneConfig'];

/** A field: what it holds of nobody yet, and the member of CreateUser and UpdateUser* where a refusal of it comes from. */
const field = <Value, Member extends string>(member: Member, empty: Value) => ({ member, empty });
const identityField = <Member extends keyof IdentityInfo>(member: Member) => field<string, Member>(member, '');
const phoneField = <Value, Member extends keyof PhoneConfig>(member: Member, empty: Value) => field(member, empty);

/** Texts that are sent and shown as they are, but for white space around them. */
const identityFields = {
  firstName: identityField('FirstName'),
  lastName: identityField('LastName'),
  email: identityField('Email'),
  secondaryEmail: identityField('SecondaryEmail'),
  mobile: identityField('Mobile'),
};

const phoneFields = {
  phoneType: phoneField('PhoneType', 'SOFT_PHONE' as 'SOFT_PHONE' | 'DESK_PHONE'),
  deskPhoneNumber: phoneField('DeskPhoneNumber', '' as string),
  autoAccept: phoneField('AutoAccept', false as boolean),
  /** Seconds, as typed. */
  acwTimeout: phoneField('AfterContactWorkTimeLimit', '0' as string),
  persistentConnection: phoneField('PersistentConnection', false as boolean),
};

/** Every field of the form, said once: its values, what is empty, and what an operation writes are read from here. */
const fields = {
  login: field('Username', '' as string),
  password: field('Password', '' as string),
  ...identityFields,
  routingProfileId: field('RoutingProfileId', '' as string),
  securityProfileIds: field('SecurityProfileIds', [] as readonly string[]),
  /** Empty: in no group. */
  hierarchyGroupId: field('HierarchyGroupId', '' as string),
  ...phoneFields,
  tags: field('Tags', [] as readonly TagRow[]),
};

export type UserField = keyof typeof fields;
export type UserFormValues = { readonly [Field in UserField]: (typeof fields)[Field]['empty'] };
export type UserErrors = Partial<Record<UserField, string>>;
export type IdentityType = Session['Instance']['IdentityManagementType'];

const fieldNames = Object.keys(fields) as UserField[];

export const emptyUser = Object.fromEntries(fieldNames.map((name) => [name, fields[name].empty])) as UserFormValues;

/** The members of CreateUser and UpdateUser*, and the field of each: where a refusal of the server belongs. */
export const fieldOfMember: Readonly<Record<string, UserField>> = {
  // A checkbox has no place for a message.
  ...Object.fromEntries(
    fieldNames.filter((name) => typeof fields[name].empty !== 'boolean').map((name) => [fields[name].member, name]),
  ),
  // As TagResource has them.
  tags: 'tags',
};

const namesOf = <Name extends string>(some: Readonly<Record<Name, unknown>>) => Object.keys(some) as Name[];

/** What UpdateUserIdentityInfo and UpdateUserPhoneConfig write. */
export const parts: Readonly<Record<'identity' | 'phone', readonly UserField[]>> = {
  identity: namesOf(identityFields),
  phone: namesOf(phoneFields),
};

const emailForm = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
const secondaryEmailForm = /^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,63}$/;
const e164 = /^\+[1-9]\d{1,14}$/;
const e164Hint = 'Begin with + and the country code, then digits only, as in +12065550100.';
/** 24 days (Admin guide, agent settings). */
const longestAcw = 2_000_000;

export function passwordError(password: string): string | undefined {
  if (password === '') return 'Enter a password.';
  if (/\s/.test(password)) return 'A password must not have spaces.';
  if (password.length < 8 || password.length > 64) return 'A password has 8 to 64 characters.';
  if (!/[a-z]/.test(password)) return 'Add a lower-case letter.';
  if (!/[A-Z]/.test(password)) return 'Add an upper-case letter.';
  return /\d/.test(password) ? undefined : 'Add a digit.';
}

/** Of Salesforce's voice product: alias, id of the organisation, id of the user. */
const salesforceForm = /^[^\s@]+@[^\s@]+@[^\s@]+$/;

function loginError(login: string, type: IdentityType): string | undefined {
  if (login === '') return 'Enter a login.';
  if (login.length > 100) return 'A login has 100 characters at most.';
  if (login !== login.trim()) return 'A login must not begin or end with a space.';
  const wholeAt = emailForm.test(login) || (type === 'SAML' && salesforceForm.test(login));
  return login.includes('@') && !wholeAt
    ? 'An @ is possible only in a whole e-mail address, as in name@example.com.'
    : undefined;
}

const nameError = (name: string, which: string, longest: number): string | undefined =>
  name.trim() === '' ? `Enter a ${which}.` : name.length > longest ? `At most ${longest} characters.` : undefined;

/** What is wrong with a form, field by field. Login and password are set at creation only. */
export function userErrors(values: UserFormValues, mode: 'CREATE' | 'EDIT', type: IdentityType): UserErrors {
  const creating = mode === 'CREATE';
  const managed = type === 'CONNECT_MANAGED';
  const { email, secondaryEmail, mobile, acwTimeout, deskPhoneNumber } = values;
  const acw = Number(acwTimeout);
  const all: Record<UserField, string | undefined> = {
    firstName: type === 'EXISTING_DIRECTORY' ? undefined : nameError(values.firstName, 'first name', 255),
    lastName: type === 'EXISTING_DIRECTORY' ? undefined : nameError(values.lastName, 'last name', 300),
    login: creating ? loginError(values.login, type) : undefined,
    password: creating && managed ? passwordError(values.password) : undefined,
    email:
      creating && managed && email === ''
        ? 'Enter an e-mail address.'
        : email !== '' && !emailForm.test(email)
          ? 'Enter a whole e-mail address, as in name@example.com.'
          : undefined,
    secondaryEmail:
      secondaryEmail !== '' && (secondaryEmail.length > 265 || !secondaryEmailForm.test(secondaryEmail))
        ? 'Enter a whole e-mail address, as in name@example.com.'
        : undefined,
    mobile: mobile !== '' && !e164.test(mobile) ? e164Hint : undefined,
    routingProfileId: values.routingProfileId === '' ? 'Choose a routing profile.' : undefined,
    securityProfileIds:
      values.securityProfileIds.length === 0
        ? 'Choose at least one security profile.'
        : values.securityProfileIds.length > 10
          ? 'Choose 10 security profiles at most.'
          : undefined,
    hierarchyGroupId: undefined,
    phoneType: undefined,
    deskPhoneNumber:
      values.phoneType === 'DESK_PHONE' && !e164.test(deskPhoneNumber) ? `Enter the number. ${e164Hint}` : undefined,
    autoAccept: undefined,
    acwTimeout:
      acwTimeout.trim() === '' || !Number.isInteger(acw) || acw < 0 || acw > longestAcw
        ? 'Enter whole seconds from 0 to 2,000,000.'
        : undefined,
    persistentConnection: undefined,
    tags: tagErrors(values.tags).some((row) => row.key || row.value) ? 'Correct the tags.' : undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== undefined));
}

/** Names must be composed Unicode (API Reference, UserIdentityInfo); what is typed may not be. */
const text = (value: string): string | undefined => value.trim().normalize('NFC') || undefined;

export const toIdentityInfo = (values: UserFormValues): IdentityInfo =>
  Object.fromEntries(namesOf(identityFields).map((name) => [identityFields[name].member, text(values[name])]));

export function toPhoneConfig(values: UserFormValues): PhoneConfig {
  const desk = values.phoneType === 'DESK_PHONE';
  return {
    PhoneType: values.phoneType,
    AfterContactWorkTimeLimit: Number(values.acwTimeout),
    // Auto-accept and the persistent connection are of the soft phone (Admin guide, agent settings).
    ...(desk
      ? { DeskPhoneNumber: values.deskPhoneNumber }
      : { AutoAccept: values.autoAccept, PersistentConnection: values.persistentConnection }),
  };
}

export function toCreateUser(values: UserFormValues, type: IdentityType): InputTo<'CreateUser'> {
  const tags = toTags(values.tags);
  return {
    Username: values.login.normalize('NFC'),
    ...(type === 'CONNECT_MANAGED' && { Password: values.password }),
    IdentityInfo: toIdentityInfo(values),
    PhoneConfig: toPhoneConfig(values),
    RoutingProfileId: values.routingProfileId,
    SecurityProfileIds: [...values.securityProfileIds],
    ...(values.hierarchyGroupId && { HierarchyGroupId: values.hierarchyGroupId }),
    ...(Object.keys(tags).length > 0 && { Tags: tags }),
  };
}

/** A user who is there, as the form shows them. */
export function fromUser(user: DescribedUser): UserFormValues {
  const { IdentityInfo: identity, PhoneConfig: phone } = user;
  const person = namesOf(identityFields).map((name) => [name, identity?.[identityFields[name].member] ?? '']);
  return {
    ...emptyUser,
    ...(Object.fromEntries(person) as Pick<UserFormValues, keyof typeof identityFields>),
    login: user.Username ?? '',
    routingProfileId: user.RoutingProfileId ?? '',
    securityProfileIds: user.SecurityProfileIds ?? [],
    hierarchyGroupId: user.HierarchyGroupId ?? '',
    phoneType: phone?.PhoneType === 'DESK_PHONE' ? 'DESK_PHONE' : 'SOFT_PHONE',
    deskPhoneNumber: phone?.DeskPhoneNumber ?? '',
    autoAccept: phone?.AutoAccept ?? false,
    acwTimeout: String(phone?.AfterContactWorkTimeLimit ?? 0),
    persistentConnection: phone?.PersistentConnection ?? false,
    tags: Object.entries(user.Tags ?? {}).map(([key, value]) => ({ key, value })),
  };
}
