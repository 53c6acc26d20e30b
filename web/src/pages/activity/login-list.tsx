import Box from '@cloudscape-design/components/box';
import { type LoginSession, loginLogoutReport } from '../../api/activity-reports.ts';
import { DeletedBadge } from '../../components/DeletedBadge.tsx';
import { ownZone } from '../../components/time-zone.ts';
import { columnWidths, type ListDeclaration, type ResourceListState } from '../../components/use-resource-list.ts';
import { formatDuration } from '../../components/words.ts';
import { type LoginFilters, loginListShape, toLoginRequest } from './login-list-state.ts';
import { TimeInZone } from './TimeInZone.tsx';

type Row = LoginSession & { readonly zone: string };

const duration = ({ Duration }: Row) =>
  Duration === undefined ? '–' : <span className="numbers">{formatDuration(Duration)}</span>;
const login = ({ Username, DeletedTime, DeletedBy }: Row) =>
  DeletedTime === undefined ? (
    Username
  ) : (
    <>
      {Username} <DeletedBadge time={DeletedTime} by={DeletedBy} />
    </>
  );
const source = ({ Source }: Row) => (Source === 'WEBSITE' ? 'Website' : 'Agent events');

/** Login/Logout report. */
export const loginList: ListDeclaration<Row, 'LoginTime', LoginFilters> = {
  key: 'login-logout',
  one: 'session',
  many: 'sessions',
  shape: loginListShape,
  idOf: (row) => `${row.AgentId} ${row.LoginTime} ${row.Source}`,
  nameOf: (row) => row.Username,
  columns: [
    { id: 'agent', header: 'Agent login', width: 210, shown: 'always', cell: login },
    { id: 'first', header: 'First name', width: 150, cell: ({ FirstName }) => FirstName || '–' },
    { id: 'last', header: 'Last name', width: 150, cell: ({ LastName }) => LastName || '–' },
    {
      id: 'login',
      header: 'Login time',
      width: columnWidths.time,
      cell: ({ LoginTime, zone }) => <TimeInZone seconds={LoginTime} zone={zone} />,
    },
    {
      id: 'logout',
      header: 'Logout time',
      width: columnWidths.time,
      cell: ({ LogoutTime, zone }) => <TimeInZone seconds={LogoutTime} zone={zone} />,
    },
    { id: 'duration', header: 'Duration', width: 130, cell: duration },
    { id: 'profile', header: 'Routing profile', width: 200, cell: ({ RoutingProfile }) => RoutingProfile?.Name ?? '–' },
    { id: 'source', header: 'Source', width: 130, cell: source },
  ],
  card: (row) => (
    <>
      <div>{login(row)}</div>
      <div>
        <TimeInZone seconds={row.LoginTime} zone={row.zone} /> –{' '}
        {row.LogoutTime !== undefined && <TimeInZone seconds={row.LogoutTime} zone={row.zone} />}
      </div>
      <Box color="text-body-secondary" fontSize="body-s">
        {duration(row)} · {source(row)}
      </Box>
    </>
  ),
  queryKey: ['login-logout'],
  load: async (state, { token, signal }) => {
    const request = toLoginRequest(state, new Date(), ownZone());
    const page = await loginLogoutReport({ ...request, MaxResults: state.size, NextToken: token }, signal);
    return {
      rows: page.Sessions.map((session) => ({ ...session, zone: request.TimeZone ?? ownZone() })),
      next: page.NextToken,
    };
  },
};

export type LoginListState = ResourceListState<Row, 'LoginTime', LoginFilters>;
