import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { type GroupingKey, groupingKeys, mostGroupings } from '../../api/metrics.ts';
import type { SettingsFields } from './RangeFields.tsx';
import { groupingWords } from './report-settings.ts';

/** By what, in which order. */
export function GroupingFields({ draft, change }: SettingsFields) {
  const { groupings } = draft;
  const rest = groupingKeys.filter((key) => !groupings.includes(key));
  const move = (index: number, by: -1 | 1) => {
    const next = [...groupings];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index + by, 0, moved);
    change({ groupings: next });
  };
  return (
    <>
      {groupings.length === 0 && <Box>No groupings: there is one row for each interval.</Box>}
      <ol className="groupings" aria-label="Groupings">
        {groupings.map((key, index) => (
          <li key={key}>
            <span>{groupingWords[key]}</span>
            <Button
              variant="icon"
              iconName="angle-up"
              formAction="none"
              ariaLabel={`Move ${groupingWords[key]} up`}
              disabled={index === 0}
              onClick={() => move(index, -1)}
            />
            <Button
              variant="icon"
              iconName="angle-down"
              formAction="none"
              ariaLabel={`Move ${groupingWords[key]} down`}
              disabled={index === groupings.length - 1}
              onClick={() => move(index, 1)}
            />
            <Button
              variant="icon"
              iconName="close"
              formAction="none"
              ariaLabel={`Remove ${groupingWords[key]}`}
              onClick={() => change({ groupings: groupings.filter((each) => each !== key) })}
            />
          </li>
        ))}
      </ol>
      <FormField
        label="Add a grouping"
        constraintText={`${mostGroupings} at most; their order is that of the columns.`}
      >
        <Select
          selectedOption={null}
          placeholder="Choose a grouping"
          disabled={groupings.length >= mostGroupings}
          options={rest.map((value) => ({ value, label: groupingWords[value] }))}
          onChange={({ detail }) =>
            change({ groupings: [...groupings, detail.selectedOption.value as GroupingKey].slice(0, mostGroupings) })
          }
        />
      </FormField>
    </>
  );
}
