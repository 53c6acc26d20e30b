import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { useRef, useState } from 'react';
import { type GroupingKey, groupingKeys, mostGroupings } from '../../api/metrics.ts';
import type { SettingsFields } from './RangeFields.tsx';
import { groupingWords } from './report-settings.ts';

/** By what, in which order. */
export function GroupingFields({ draft, change }: SettingsFields) {
  const { groupings } = draft;
  const [said, say] = useState('');
  const removers = useRef(new Map<GroupingKey, ButtonProps.Ref | null>());
  const adder = useRef<SelectProps.Ref>(null);
  const rest = groupingKeys.filter((key) => !groupings.includes(key));
  const move = (index: number, by: -1 | 1) => {
    const next = [...groupings];
    const [moved] = next.splice(index, 1);
    if (!moved) return;
    next.splice(index + by, 0, moved);
    change({ groupings: next });
    say(`${groupingWords[moved]} is number ${index + by + 1} of ${next.length} now.`);
  };
  const remove = (key: GroupingKey, index: number) => {
    // The focus goes on before the button goes that has it.
    const neighbour = groupings[index + 1] ?? groupings[index - 1];
    const next = neighbour === undefined ? adder.current : removers.current.get(neighbour);
    next?.focus();
    change({ groupings: groupings.filter((each) => each !== key) });
    say(`${groupingWords[key]} was removed.`);
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
              disabledReason="It is the first."
              onClick={() => move(index, -1)}
            />
            <Button
              variant="icon"
              iconName="angle-down"
              formAction="none"
              ariaLabel={`Move ${groupingWords[key]} down`}
              disabled={index === groupings.length - 1}
              disabledReason="It is the last."
              onClick={() => move(index, 1)}
            />
            <Button
              ref={(button) => {
                removers.current.set(key, button);
              }}
              variant="icon"
              iconName="close"
              formAction="none"
              ariaLabel={`Remove ${groupingWords[key]}`}
              onClick={() => remove(key, index)}
            />
          </li>
        ))}
      </ol>
      <div className="visually-hidden" role="status">
        {said}
      </div>
      <FormField
        label="Add a grouping"
        constraintText={`${mostGroupings} at most; their order is that of the columns.`}
      >
        <Select
          ref={adder}
          selectedOption={null}
          placeholder="Choose a grouping"
          // Not disabled when there are as many as there may be: it has the focus then.
          options={
            groupings.length < mostGroupings ? rest.map((value) => ({ value, label: groupingWords[value] })) : []
          }
          empty={`A report has ${mostGroupings} groupings at most.`}
          onChange={({ detail }) => {
            const key = detail.selectedOption.value as GroupingKey;
            change({ groupings: [...groupings, key].slice(0, mostGroupings) });
            say(`${groupingWords[key]} was added.`);
          }}
        />
      </FormField>
    </>
  );
}
