import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { call } from '../../api/client.ts';
import { inWords } from '../../api/errors.ts';
import type { BatchResult, UserBatch } from '../../api/types.ts';
import { isRunning } from '../../api/user-batches.ts';
import { TimeText } from '../../components/TimeText.tsx';
import { columnWidths, type ListDeclaration } from '../../components/use-resource-list.ts';
import { resultListShape } from './batch-list-state.ts';
import { resultStatusWords } from './batch-words.ts';
import { ReasonText } from './ReasonText.tsx';

/** Every record of a batch. While it runs, the page in sight follows. */
export const resultList = (
  batch: UserBatch,
): ListDeclaration<BatchResult, 'Order', typeof resultListShape.filters> => ({
  key: 'user-batch-records',
  one: 'record',
  many: 'records',
  shape: resultListShape,
  // Entries that cannot be read have only a reason, which says where they stand.
  idOf: (result) => result.UserId ?? result.Username ?? `${result.Given} ${result.Reason}`,
  nameOf: loginText,
  columns: [
    { id: 'login', header: 'Login', width: 200, shown: 'always', cell: loginText },
    { id: 'name', header: 'Name', width: 170, cell: (result) => nameText(result) || '–' },
    { id: 'status', header: 'Status', width: 130, cell: (result) => <ResultStatusText result={result} /> },
    { id: 'reason', header: 'Reason', width: 360, cell: (result) => <Reason result={result} /> },
    { id: 'time', header: 'Time', width: columnWidths.time, cell: (result) => <TimeText seconds={result.Time} /> },
  ],
  card: (result) => (
    <>
      <b>{loginText(result)}</b> {nameText(result)}
      <div>
        <ResultStatusText result={result} />
      </div>
      {result.Reason !== undefined && <Reason result={result} />}
      {result.Time !== undefined && (
        <Box color="text-body-secondary" fontSize="body-s">
          <TimeText seconds={result.Time} />
        </Box>
      )}
    </>
  ),
  wrapLines: true,
  queryKey: ['user-batches', 'results', batch.Id],
  load: async ({ size, status }, { token, signal }) => {
    const request = { ...(status && { Status: [status] }), MaxResults: size, NextToken: token };
    const page = await call('ListUserBatchResults', { UserBatchId: batch.Id, ...request }, { signal });
    return { rows: page.Results, next: page.NextToken };
  },
  again: () => (isRunning(batch) ? 2000 : false),
});

/** The login, or whatever else is known; and what a list said in its place. */
function loginText({ Username, UserId, Given }: BatchResult): string {
  const login = Username ?? UserId;
  if (login === undefined) return Given || 'A blank entry';
  return Given === undefined ? login : `${login} (in the list: ${Given})`;
}

const nameText = (result: BatchResult): string => `${result.FirstName ?? ''} ${result.LastName ?? ''}`.trim();

function ResultStatusText({ result }: { readonly result: BatchResult }) {
  const { text, type } = resultStatusWords[result.Status];
  return <StatusIndicator type={type}>{text}</StatusIndicator>;
}

function Reason({ result }: { readonly result: BatchResult }) {
  if (result.Reason === undefined) return '–';
  return (
    <>
      <ReasonText reason={inWords(result.Reason)} />
      {result.ErrorCode !== undefined && (
        <Box color="text-body-secondary" fontSize="body-s">
          {result.ErrorCode}
        </Box>
      )}
    </>
  );
}
