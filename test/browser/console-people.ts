import type { Page } from 'playwright-core';
import { apiOf } from '../support/api.ts';
import type { Answer, InputOf, OperationName } from '../support/operations.ts';
import type { TestServer } from '../support/server.ts';

export interface Person {
  readonly id: string;
  readonly login: string;
  readonly password: string;
}

/** Signed calls that have to go well; answers their bodies. */
export function sureApi(server: TestServer) {
  const api = apiOf(server);
  return async <Name extends OperationName>(name: Name, input: InputOf<Name>): Promise<Answer<Name>> => {
    const answer = await api(name, input);
    if (answer.status >= 400) throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
}

/** Somebody new with these security profiles, in any instance. */
export async function addUser(
  server: TestServer,
  InstanceId: string,
  login: string,
  SecurityProfileIds: string[],
): Promise<Person> {
  const api = sureApi(server);
  const { RoutingProfileSummaryList } = await api('ListRoutingProfiles', { InstanceId });
  const password = 'Person-Password-1';
  const made = await api('CreateUser', {
    InstanceId,
    Username: login,
    Password: password,
    IdentityInfo: { FirstName: 'Test', LastName: 'Person', Email: `${login}@example.com` },
    PhoneConfig: { PhoneType: 'SOFT_PHONE', AfterContactWorkTimeLimit: 0 },
    RoutingProfileId: RoutingProfileSummaryList[0]?.Id ?? '',
    SecurityProfileIds,
  });
  return { id: made.UserId, login, password };
}

/** Somebody new whose one security profile has these permissions. */
export async function addPerson(server: TestServer, login: string, Permissions: string[]): Promise<Person> {
  const InstanceId = await instanceOf(server);
  const SecurityProfileName = `Of ${login.replaceAll('.', ' ')}`;
  const profile = await sureApi(server)('CreateSecurityProfile', { InstanceId, SecurityProfileName, Permissions });
  return addUser(server, InstanceId, login, [profile.SecurityProfileId]);
}

export async function instanceOf(server: TestServer): Promise<string> {
  const { InstanceSummaryList } = await sureApi(server)('ListInstances', {});
  const id = InstanceSummaryList[0]?.Id;
  if (!id) throw new Error('the server has no instance');
  return id;
}

/** On the sign-in page, as soon as it is there: signs in. */
export async function signIn(page: Page, person: Pick<Person, 'login' | 'password'>): Promise<void> {
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'Login', exact: true }).fill(person.login);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: person.login }).waitFor();
}
