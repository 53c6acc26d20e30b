import Button from '@cloudscape-design/components/button';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import type { UserBatch } from '../../api/types.ts';
import { resultsCsvAddress } from '../../api/user-batches.ts';
import { ResourceList } from '../../components/ResourceList.tsx';
import { useResourceList } from '../../components/use-resource-list.ts';
import { resultStatusWords } from './batch-words.ts';
import { resultList } from './result-list.tsx';
import { StatusSelect } from './StatusSelect.tsx';

const place = getRouteApi('/console/users/batches/$batchId');

export function BatchResults({ batch }: { readonly batch: UserBatch }) {
  const client = useQueryClient();
  const list = useResourceList(
    useMemo(() => resultList(batch), [batch]),
    place,
  );
  const { status } = list.filter;
  // The polling ends with the batch; the last changes are fetched once more.
  const before = useRef(batch.Status);
  useEffect(() => {
    if (before.current === batch.Status) return;
    before.current = batch.Status;
    void client.invalidateQueries({ queryKey: ['user-batches', 'results', batch.Id] });
  }, [batch.Status, batch.Id, client]);
  return (
    <ResourceList
      list={list}
      title="Records"
      part
      actions={
        <Button href={resultsCsvAddress(batch.Id, status ?? undefined)} download iconName="download">
          Download the CSV
        </Button>
      }
      filters={
        <StatusSelect
          words={resultStatusWords}
          value={status}
          onChange={(next) => list.changeFilter({ status: next })}
        />
      }
      empty={{ title: 'No records' }}
      noMatch={{ title: 'No record has this status' }}
    />
  );
}
