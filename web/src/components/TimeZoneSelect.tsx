import Select from '@cloudscape-design/components/select';
import { timeZones } from './time-zone.ts';

interface TimeZoneSelectProps {
  readonly value: string;
  readonly onChange: (zone: string) => void;
  readonly inlineLabel?: string;
}

/** The zone whose days and clocks a report has. */
export function TimeZoneSelect({ value, onChange, inlineLabel }: TimeZoneSelectProps) {
  const options = timeZones().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
  return (
    <Select
      selectedOption={options.find((option) => option.value === value) ?? { value, label: value }}
      options={options}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? 'UTC')}
      filteringType="auto"
      filteringAriaLabel="Find a time zone"
      filteringPlaceholder="Find a city"
      noMatch="No time zone matches."
      virtualScroll
      {...(inlineLabel === undefined ? {} : { inlineLabelText: inlineLabel })}
    />
  );
}
