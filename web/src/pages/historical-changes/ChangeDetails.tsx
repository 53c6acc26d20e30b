import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import SplitPanel from '@cloudscape-design/components/split-panel';
import { useEffect, useRef } from 'react';
import { useMay } from '../../api/session.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { ChangeValue } from './ChangeValue.tsx';
import {
  actionWords,
  actorText,
  changeTitle,
  doorWords,
  type HistoricalChange,
  memberText,
  parsed,
  typeText,
} from './change-words.ts';

interface ChangeDetailsProps {
  readonly change: HistoricalChange;
  readonly onAllOfIt: () => void;
}

/** Everything that is known of a change, with the values before and after. */
export function ChangeDetails({ change, onAllOfIt }: ChangeDetailsProps) {
  const may = useMay();
  const { Resource, UserBatchId } = change;
  const content = useRef<HTMLDivElement>(null);
  const { Id } = change;
  // Another change, another panel: whoever opened it reads on here.
  useEffect(() => {
    if (Id) content.current?.focus({ preventScroll: true });
  }, [Id]);
  const mayBatch = may('Users.View') || may('Users.Delete');
  return (
    <SplitPanel header={changeTitle(change)} closeBehavior="hide">
      <div ref={content} tabIndex={-1} className="focus-place">
        <SpaceBetween size="l">
          <Values change={change} />
          <KeyValuePairs
            columns={4}
            items={[
              { label: 'Time', value: <TimeText seconds={change.Time} /> },
              { label: 'Changed by', value: actorText(change) },
              { label: 'Operation', value: change.Operation },
              { label: 'Permission', value: change.Permission },
              { label: 'Door', value: doorWords[change.Door] },
              { label: 'Resource type', value: typeText(change) },
              { label: 'Resource name', value: Resource.Name },
              { label: 'Resource ID', value: <span className="identifier">{Resource.Id}</span> },
              { label: 'Request ID', value: <span className="identifier">{change.RequestId}</span> },
              ...(UserBatchId
                ? [
                    {
                      label: 'User batch',
                      value: mayBatch ? (
                        <RouterLink to={{ to: '/users/batches/$batchId', params: { batchId: UserBatchId } }}>
                          {UserBatchId}
                        </RouterLink>
                      ) : (
                        UserBatchId
                      ),
                    },
                  ]
                : []),
            ]}
          />
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={onAllOfIt}>{`All changes of ${Resource.Name}`}</Button>
          </SpaceBetween>
        </SpaceBetween>
      </div>
    </SplitPanel>
  );
}

/** What was created has values after alone, what was deleted values before. */
function Values({ change: { Action, Changes } }: { readonly change: HistoricalChange }) {
  if (Changes.length === 0) return <div>No values were recorded.</div>;
  const before = Action !== 'CREATED';
  const after = Action !== 'DELETED';
  return (
    <table className="change-table">
      <caption className="visually-hidden">{`Values: ${actionWords[Action].toLowerCase()}`}</caption>
      <thead>
        <tr>
          <th scope="col">Member</th>
          {before && <th scope="col">Before</th>}
          {after && <th scope="col">After</th>}
        </tr>
      </thead>
      <tbody>
        {Changes.map(({ Member, Old, New }) => (
          <tr key={Member}>
            <th scope="row">{memberText(Member)}</th>
            {before && (
              <td>
                <ChangeValue value={parsed(Old)} />
              </td>
            )}
            {after && (
              <td>
                <ChangeValue value={parsed(New)} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
