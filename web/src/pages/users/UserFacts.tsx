import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { hierarchyQuery, routingProfilesQuery, securityProfilesQuery } from '../../api/directory.ts';
import type { DescribedUser } from '../../api/users.ts';
import { TimeText } from '../../components/TimeText.tsx';
import { formatNumber } from '../../components/words.ts';
import { phoneTypes } from './user-list.tsx';

const none = '–';

export function UserFacts({ user }: { readonly user: DescribedUser }) {
  const { IdentityInfo: identity, PhoneConfig: phone } = user;
  const { data: routingProfiles } = useQuery(routingProfilesQuery);
  const { data: securityProfiles } = useQuery(securityProfilesQuery);
  const { data: hierarchy } = useQuery({ ...hierarchyQuery, enabled: Boolean(user.HierarchyGroupId) });
  const nameIn = (list: readonly { Id: string; Name: string }[] | undefined, id: string | undefined) =>
    list ? (list.find((item) => item.Id === id)?.Name ?? id ?? none) : '…';
  const group = user.HierarchyGroupId;
  const acw = phone?.AfterContactWorkTimeLimit ?? 0;
  const desk = phone?.PhoneType === 'DESK_PHONE';
  const tags = Object.entries(user.Tags ?? {});
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">User details</Header>}>
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'First name', value: identity?.FirstName || none },
            { label: 'Last name', value: identity?.LastName || none },
            { label: 'Login', value: user.Username },
            { label: 'Email', value: identity?.Email || none },
            { label: 'Secondary email', value: identity?.SecondaryEmail || none },
            { label: 'Mobile', value: identity?.Mobile || none },
            { label: 'Last changed', value: <TimeText seconds={user.LastModifiedTime} /> },
            { label: 'User ID', value: user.Id },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2">Settings</Header>}>
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Routing profile', value: nameIn(routingProfiles, user.RoutingProfileId) },
            {
              label: 'Security profiles',
              value: (user.SecurityProfileIds ?? []).map((id) => nameIn(securityProfiles, id)).join(', '),
            },
            {
              label: 'Agent hierarchy',
              value: group
                ? hierarchy
                  ? (hierarchy.Groups.find((node) => node.Id === group)?.Path ?? none)
                  : '…'
                : none,
            },
            { label: 'Phone type', value: phoneTypes[desk ? 'DESK_PHONE' : 'SOFT_PHONE'] },
            ...(desk
              ? [{ label: 'Desk phone number', value: phone?.DeskPhoneNumber ?? none }]
              : [
                  { label: 'Auto-accept', value: phone?.AutoAccept ? 'On' : 'Off' },
                  { label: 'Persistent connection', value: phone?.PersistentConnection ? 'On' : 'Off' },
                ]),
            { label: 'After contact work (ACW) timeout', value: acw === 0 ? 'None' : `${formatNumber(acw)} seconds` },
            {
              label: 'Tags',
              value: tags.length === 0 ? none : tags.map(([key, value]) => `${key}: ${value}`).join(', '),
            },
          ]}
        />
      </Container>
    </SpaceBetween>
  );
}
