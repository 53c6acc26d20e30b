import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { inWords } from '../../api/errors.ts';
import type { PreviewUser } from '../../api/types.ts';
import { NamedList } from '../../components/NamedList.tsx';
import { countOf, formatNumber, listOf } from '../../components/words.ts';

interface PreviewedUsersProps {
  readonly users: readonly PreviewUser[];
  /** Logins by id, for users that the server knows no more. */
  readonly logins: ReadonlyMap<string, string>;
  readonly total: number;
  readonly isFetching: boolean;
  /** Absent when all are shown. */
  readonly onMore: (() => void) | undefined;
}

/** Who would be deleted, by name, with what would go wrong for each. */
export function PreviewedUsers({ users, logins, total, isFetching, onMore }: PreviewedUsersProps) {
  return (
    <NamedList
      name={
        users.length < total
          ? `Users to delete (${formatNumber(users.length)} of ${formatNumber(total)} shown)`
          : 'Users to delete'
      }
      items={users.map((user, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries that cannot be read have no other, and none moves
        <li key={index}>
          <PreviewedUser user={user} login={user.Username ?? logins.get(user.UserId ?? '')} />
        </li>
      ))}
    >
      {onMore && (
        <Button variant="inline-link" loading={isFetching} onClick={onMore} formAction="none">
          Show more
        </Button>
      )}
    </NamedList>
  );
}

function PreviewedUser({ user, login }: { readonly user: PreviewUser; readonly login: string | undefined }) {
  const name = `${user.FirstName ?? ''} ${user.LastName ?? ''}`.trim();
  const quickConnects = user.QuickConnects.flatMap((quickConnect) => quickConnect.Name ?? []);
  return (
    <>
      <b>{login ?? user.UserId ?? (user.Given || 'A blank entry')}</b> {name}
      {login !== undefined && user.Given !== undefined && (
        <Box color="text-body-secondary" display="inline">{` · in the list: ${user.Given}`}</Box>
      )}
      {user.QuickConnects.length > 0 && (
        <Box color="text-body-secondary" display="inline">
          {` · ${countOf(user.QuickConnects.length, 'quick connect')}${quickConnects.length > 0 ? `: ${listOf(quickConnects)}` : ''}`}
        </Box>
      )}
      {!user.Deletable && (
        <div>
          <StatusIndicator type="warning">
            {user.Reason ? inWords(user.Reason) : 'Will not be deleted.'}
          </StatusIndicator>
        </div>
      )}
    </>
  );
}
