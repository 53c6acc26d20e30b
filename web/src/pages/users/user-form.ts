import type { InputTo } from '../../api/operations.ts';
import type { Session } from '../../api/session.ts';
import type { DescribedUser } from '../../api/users.ts';
import { type TagRow, tagErrors, toTags } from './tag-rows.ts';

export interface UserFormValues {
  readonly firstName: string;
  readonly lastName: string;
  readonly login: string;
  readonly password: string;
  readonly email: string;
  readonly secondaryEmail: string;
  readonly mobile: string;
  readonly routingProfileId: string;
  readonly securityProfileIds: readonly string[];
  /** Empty: in no group. */
  readonly hierarchyGroupId: string;
  readonly phoneType: 'SOFT_PHONE' | 'DESK_PHONE';
  readonly deskPhoneNumber: string;
  readonly autoAccept: boolean;
  /** Seconds, as typed. */
  readonly acwTimeout: string;
  readonly persistentConnection: boolean;
  readonly tags: readonly TagRow[];
}

export type UserField = keyof UserFormValues;
export type UserErrors = Partial<Record<UserField, string>>;
export type IdentityType = Session['Instance']['IdentityManagementType'];

export const emptyUser: UserFormValues = {
  firstName: '',
  lastName: '',
  login: '',
  password: '',
  email: '',
  secondaryEmail: '',
  mobile: '',
  routingProfileId: '',
  securityProfileIds: [],
  hierarchyGroupId: '',
  phoneType: 'SOFT_PHONE',
  deskPhoneNumber: '',
  autoAccept: false,
  acwTimeout: '0',
  persistentConnection: false,
  tags: [],
};

/** The members of CreateUser and UpdateUser*, and the field of each: where a refusal of the server belongs. */
export const fieldOfMember: Readonly<Record<string, UserField>> = {
  FirstName: 'firstName',
  LastName: 'lastName',
  Username: 'login',
  Password: 'password',
  Email: 'email',
  SecondaryEmail: 'secondaryEmail',
  Mobile: 'mobile',
  RoutingProfileId: 'routingProfileId',
  SecurityProfileIds: 'securityProfileIds',
  HierarchyGroupId: 'hierarchyGroupId',
  PhoneType: 'phoneType',
  DeskPhoneNumber: 'deskPhoneNumber',
  AfterContactWorkTimeLimit: 'acwTimeout',
  Tags: 'tags',
  tags: 'tags',
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

export function toIdentityInfo(values: UserFormValues): InputTo<'UpdateUserIdentityInfo'>['IdentityInfo'] {
  return {
    FirstName: text(values.firstName),
    LastName: text(values.lastName),
    Email: text(values.email),
    SecondaryEmail: text(values.secondaryEmail),
    Mobile: text(values.mobile),
  };
}

export function toPhoneConfig(values: UserFormValues): InputTo<'UpdateUserPhoneConfig'>['PhoneConfig'] {
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
  return {
    firstName: identity?.FirstName ?? '',
    lastName: identity?.LastName ?? '',
    login: user.Username ?? '',
    password: '',
    email: identity?.Email ?? '',
    secondaryEmail: identity?.SecondaryEmail ?? '',
    mobile: identity?.Mobile ?? '',
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
