import { getRouteApi } from '@tanstack/react-router';
import { downloadContacts } from '../../api/contacts.ts';
import { useMay } from '../../api/session.ts';
import { ExportButton } from '../../components/ExportButton.tsx';
import { flash } from '../../components/flashes.ts';
import { ResourceList } from '../../components/ResourceList.tsx';
import { rangeText } from '../../components/time-range.ts';
import { useResourceList } from '../../components/use-resource-list.ts';
import { formatNumber } from '../../components/words.ts';
import { ContactFilters } from './ContactFilters.tsx';
import { contactList } from './contact-list.tsx';
import { isContactId, mostDownloaded, toContactsRequest } from './contact-request.ts';

const place = getRouteApi('/console/contact-search');

/** Analytics and optimization > Contact search. */
export function ContactSearch() {
  const list = useResourceList(contactList, place);
  const own = !useMay()('ContactSearch.View');
  const { total = 0, preferences, filter } = list;
  const columns = preferences.contentDisplay.filter(({ visible }) => visible).map(({ id }) => id);
  const noId = filter.q.trim() !== '' && !isContactId(filter.q);
  return (
    <ResourceList
      list={list}
      title="Contact search"
      {...(own && { description: 'You see the contacts that you have handled.' })}
      actions={
        <ExportButton
          list={list}
          file={async (_, state, signal) => {
            // Whether somebody is deleted stands beside the login here, in a file in a column of its own.
            const Columns = columns.flatMap((id) => (id === 'Agent' ? [id, 'AgentDeleted'] : [id]));
            const file = await downloadContacts({ ...toContactsRequest(state, new Date()), Columns }, signal);
            if (total > mostDownloaded) {
              flash({
                type: 'info',
                header: `The CSV has the first ${formatNumber(mostDownloaded)} contacts`,
                content: 'Choose a shorter time range or more filters to have the others.',
              });
            }
            return file;
          }}
        />
      }
      filters={<ContactFilters list={list} />}
      empty={{ title: 'No contacts in this time range', text: 'Choose another time range above.' }}
      noMatch={
        noId
          ? {
              title: 'This is no contact ID',
              text: 'It has 36 characters, as in 12345678-90ab-cdef-1234-567890abcdef.',
            }
          : filter.q.trim() !== ''
            ? { title: 'No contact matches', text: 'Change or clear the filters above.' }
            : {
                title: 'No contact matches',
                text: `None ${rangeText(filter.range)} does. Choose a longer time range, or change or clear the filters above.`,
              }
      }
    />
  );
}
