import Button from '@cloudscape-design/components/button';
import Select from '@cloudscape-design/components/select';
import { calls } from '../../api/calls.generated.ts';
import { ListFilters } from '../../components/ListFilters.tsx';
import { TextInput } from '../../components/TextInput.tsx';
import { TimeRangePicker } from '../../components/TimeRangePicker.tsx';
import { WordSelect } from '../../components/WordSelect.tsx';
import type { ChangeListState } from './change-list.tsx';
import { longestChangesHours } from './change-list-state.ts';
import { actionWords, doorWords, typeWords, writingOperations } from './change-words.ts';

const last = [
  { kind: 'LAST', amount: 24, unit: 'hour' },
  { kind: 'LAST', amount: 7, unit: 'day' },
  { kind: 'LAST', amount: 31, unit: 'day' },
  { kind: 'LAST', amount: 52, unit: 'week' },
] as const;

export function ChangeFilterFields({ list }: { readonly list: ChangeListState }) {
  const { filter, changeFilter, rows } = list;
  const name = rows.find(({ Resource }) => Resource.Id === filter.resourceId)?.Resource.Name ?? filter.resourceId;
  return (
    <ListFilters
      list={list}
      first={{
        names: ['range', 'by'],
        fields: (
          <>
            <TimeRangePicker
              label="Time range"
              value={filter.range}
              onChange={(range) => changeFilter({ range })}
              last={last}
              mostHours={longestChangesHours}
              most="731 days"
            />
            <TextInput
              label="Changed by"
              placeholder="A whole login"
              value={filter.by}
              onChange={(by) => changeFilter({ by })}
            />
          </>
        ),
      }}
      more={{
        names: ['operation', 'door'],
        fields: (
          <>
            <div className="filter-wide">
              <OperationSelect value={filter.operation} onChange={(operation) => changeFilter({ operation })} />
            </div>
            <WordSelect
              label="Door"
              any
              words={doorWords}
              value={filter.door}
              onChange={(door) => changeFilter({ door })}
            />
          </>
        ),
      }}
    >
      <WordSelect
        label="Resource type"
        any
        words={typeWords}
        value={filter.type}
        onChange={(type) => changeFilter({ type })}
      />
      <div className="filter-wide">
        {filter.resourceId === '' ? (
          <TextInput
            label="Resource name"
            placeholder="A whole name, such as a login"
            value={filter.resource}
            onChange={(resource) => changeFilter({ resource })}
          />
        ) : (
          <Button
            iconName="close"
            iconAlign="right"
            ariaLabel={`Only ${name}: show the changes of everything again`}
            onClick={() => changeFilter({ resourceId: '' })}
          >
            {`Only ${name}`}
          </Button>
        )}
      </div>
      <WordSelect
        label="Change"
        any
        words={actionWords}
        value={filter.action}
        onChange={(action) => changeFilter({ action })}
      />
    </ListFilters>
  );
}

const anyOperation = { value: '', label: 'Any' };
const operations = writingOperations(Object.keys(calls)).map((name) => ({ value: name, label: name }));

function OperationSelect({ value, onChange }: { readonly value: string; readonly onChange: (name: string) => void }) {
  return (
    <Select
      inlineLabelText="Operation"
      selectedOption={value === '' ? anyOperation : { value, label: value }}
      options={[anyOperation, ...operations]}
      filteringType="auto"
      filteringAriaLabel="Find an operation"
      filteringPlaceholder="Find an operation"
      noMatch="No operation matches."
      virtualScroll
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
    />
  );
}
