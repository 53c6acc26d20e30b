import { getRouteApi } from '@tanstack/react-router';
import { ResourceList } from '../../components/ResourceList.tsx';
import { useResourceList } from '../../components/use-resource-list.ts';
import { userBatchList } from './batch-list.tsx';
import { batchStatusWords } from './batch-words.ts';
import { StatusSelect } from './StatusSelect.tsx';

const place = getRouteApi('/console/users/batches');

/** Users > User batches: every batch ever submitted, newest first. */
export function BatchList() {
  const list = useResourceList(userBatchList, place);
  return (
    <ResourceList
      list={list}
      title="User batches"
      description="Batches run on the server, whether or not this page is open."
      filters={
        <StatusSelect
          words={batchStatusWords}
          value={list.filter.status}
          onChange={(status) => list.changeFilter({ status })}
        />
      }
      empty={{ title: 'No batches yet', text: 'Delete users on User management, and the batch appears here.' }}
      noMatch={{ title: 'No batch has this status', text: 'Choose another status above.' }}
    />
  );
}
