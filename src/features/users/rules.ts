import type { InputOf } from '../../operations/connect-types.ts';
import { type Constraint, type Constraints, length, pattern, phoneNumber } from '../../operations/constraints.ts';
import { invalidParameter, invalidRequest } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import { passwordForm, passwordWords } from '../../password-rule.ts';
import { capitalized, identityMembers } from './columns.ts';
import type { IdentityInfo } from './types.ts';

type GivenIdentity = NonNullable<InputOf<'CreateUser'>['IdentityInfo']>;

export const passwordConstraint: Constraint = pattern(passwordForm, passwordWords);

export const identityConstraints = {
  'UserIdentityInfo.FirstName': length(0, 255),
  'UserIdentityInfo.LastName': length(0, 300),
  'UserIdentityInfo.Email': length(0, 265),
  'UserIdentityInfo.SecondaryEmail': length(0, 265),
  'UserIdentityInfo.Mobile': phoneNumber,
} satisfies Constraints;

const controls = /\p{Cc}/u;
/** Formats such as marks of writing direction, what has no width, and line and paragraph separators. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Cs}]/u;
const emailForm = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
/** The session names that Salesforce makes for its voice product: alias, id of the organisation, id of the user. */
const salesforceForm = /^[^\s@]+@[^\s@]+@[^\s@]+$/;
/** API Reference, UserIdentityInfo. */
const secondaryEmailForm = /^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,63}$/;

/**
 * Refuses a login that Connect would not take. Its documents disagree on lengths and letters; this is the reading that
 * refuses least, so that whoever is in Connect can be here. @throws InvalidParameterException
 */
export function checkUsername(instance: Instance, username: string): void {
  requireText('Username', username);
  // Two logins that look alike would be two people to the server and one to whoever reads them.
  if (unseen.test(username)) {
    throw invalidParameter(
      'Username must not have characters that are not seen, such as zero-width spaces and marks of writing direction.',
    );
  }
  if (username !== username.trim()) throw invalidParameter('Username must not begin or end with a space.');
  const saml = instance.identityManagementType === 'SAML';
  if (username.includes('@') && !emailForm.test(username) && !(saml && salesforceForm.test(username))) {
    throw invalidParameter(
      saml
        ? 'Username may have an @ only as part of an e-mail address, as in name@example.com, or twice, as in alias@id@id.'
        : 'Username may have an @ only as part of an e-mail address, as in name@example.com.',
    );
  }
  if (saml && !/^[a-zA-Z0-9_\-.\\@+]{1,64}$/.test(username)) {
    throw invalidParameter('With SAML, Username must be 1 to 64 letters, digits or _ - . \\ @ +.');
  }
}

/**
 * Refuses sign-in members that do not go with how the instance's people sign in. @throws InvalidParameterException
 */
export function checkSignIn(
  instance: Instance,
  given: Pick<InputOf<'CreateUser'>, 'Password' | 'DirectoryUserId'>,
): void {
  const { identityManagementType: type } = instance;
  if (type === 'CONNECT_MANAGED' && given.Password === undefined) {
    throw invalidParameter('Password is required: this instance manages its users itself.');
  }
  if (type !== 'CONNECT_MANAGED' && given.Password !== undefined) {
    throw invalidParameter(`Password must be left out: users of this instance sign in elsewhere (${type}).`);
  }
  if (given.DirectoryUserId === undefined) return;
  // An instance that manages its users itself answers one too (API Reference: it is an error with SAML only).
  if (type === 'SAML') throw invalidParameter('DirectoryUserId must be left out: this instance uses SAML.');
  requireText('DirectoryUserId', given.DirectoryUserId);
}

/**
 * The whole of a user's identity, as CreateUser and UpdateUserIdentityInfo take it: what is left out is empty.
 * E-mail is optional, as in the examples of the AWS CLI, though the API Reference calls it required.
 * @param current of a user who is there; a linked directory's names cannot be changed here
 * @throws InvalidParameterException, InvalidRequestException
 */
export function identityOf(
  instance: Instance,
  given: GivenIdentity | undefined,
  current: IdentityInfo | null,
): IdentityInfo {
  const identity = Object.fromEntries(
    identityMembers.map((member) => [member, given?.[capitalized(member)] || null]),
  ) as unknown as IdentityInfo;
  for (const member of identityMembers) {
    const text = identity[member];
    if (text !== null) requireText(`IdentityInfo.${capitalized(member)}`, text);
  }
  const { firstName, lastName, email, secondaryEmail } = identity;
  if (email !== null && !emailForm.test(email)) throw invalidParameter('IdentityInfo.Email must be an e-mail address.');
  if (secondaryEmail !== null && !secondaryEmailForm.test(secondaryEmail)) {
    throw invalidParameter('IdentityInfo.SecondaryEmail must be an e-mail address.');
  }
  switch (instance.identityManagementType) {
    case 'EXISTING_DIRECTORY':
      if (current && (firstName !== current.firstName || lastName !== current.lastName || email !== current.email)) {
        throw invalidRequest('FirstName, LastName and Email come from the directory and cannot be changed here.');
      }
      return identity;
    case 'SAML':
      if (email !== null) throw invalidParameter('IdentityInfo.Email must be left out: this instance uses SAML.');
      break;
    case 'CONNECT_MANAGED':
      break;
  }
  if (!firstName?.trim()) throw invalidParameter('IdentityInfo.FirstName is required.');
  if (!lastName?.trim()) throw invalidParameter('IdentityInfo.LastName is required.');
  return identity;
}

/** API Reference, UserIdentityInfo: text that is not in Unicode's composed form (NFC) is not accepted. */
function requireText(member: string, text: string): void {
  if (controls.test(text)) throw invalidParameter(`${member} must not have control characters such as line breaks.`);
  if (text !== text.normalize('NFC')) {
    throw invalidParameter(`${member} must be in Unicode Normalization Form C (NFC): send composed characters.`);
  }
}
