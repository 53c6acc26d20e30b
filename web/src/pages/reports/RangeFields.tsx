import ColumnLayout from '@cloudscape-design/components/column-layout';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import { dayOf, daysBefore } from '../../components/calendar.ts';
import { TimeZoneSelect } from '../../components/TimeZoneSelect.tsx';
import { mostDays, type ReportInterval, type ReportRange, reportIntervals } from './report-range.ts';
import type { ReportSettings } from './report-settings.ts';
import { intervalWords } from './report-words.ts';

/** What each tab of the settings gets. */
export interface SettingsFields {
  readonly draft: ReportSettings;
  readonly change: (next: Partial<ReportSettings>) => void;
}

const kinds: Readonly<Record<ReportRange['kind'], string>> = {
  LAST_DAYS: 'Last x days',
  MONTH: 'Month to date',
  YESTERDAY: 'Yesterday',
  LAST_24_HOURS: 'Last 24 hours',
  CUSTOM: 'Custom',
};

const descriptions: Readonly<Partial<Record<ReportRange['kind'], string>>> = {
  LAST_DAYS: 'Whole days, without today',
  MONTH: 'Whole days, without today',
};

/** When: the interval of rows, the range of time, and whose days they are. */
export function RangeFields({ draft, change }: SettingsFields) {
  const { interval, range, zone } = draft;
  const days = Math.min(7, mostDays[interval]);
  const fresh = (kind: ReportRange['kind']): ReportRange => {
    if (kind === 'LAST_DAYS') return { kind, days };
    if (kind !== 'CUSTOM') return { kind };
    const yesterday = daysBefore(dayOf(new Date(), zone), 1);
    return { kind, from: yesterday, to: yesterday };
  };
  const options = reportIntervals.map((value) => ({
    value,
    label: intervalWords[value],
    description: `${mostDays[value]} days at most`,
  }));
  return (
    <ColumnLayout columns={2}>
      <FormField label="Interval">
        <Select
          selectedOption={options.find(({ value }) => value === interval) ?? null}
          options={options}
          onChange={({ detail }) => change({ interval: detail.selectedOption.value as ReportInterval })}
        />
      </FormField>
      <FormField label="Time zone">
        <TimeZoneSelect value={zone} onChange={(chosen) => change({ zone: chosen })} />
      </FormField>
      <FormField label="Time range">
        <RadioGroup
          value={range.kind}
          items={(Object.keys(kinds) as ReportRange['kind'][]).map((value) => ({
            value,
            label: kinds[value],
            description: descriptions[value],
          }))}
          onChange={({ detail }) => change({ range: fresh(detail.value as ReportRange['kind']) })}
        />
      </FormField>
      <div>
        {range.kind === 'LAST_DAYS' && (
          <FormField label="Days" constraintText={`From 1 to ${mostDays[interval]}`}>
            <Input
              type="number"
              inputMode="numeric"
              value={String(range.days || '')}
              onChange={({ detail }) => {
                const typed = Math.trunc(Number(detail.value));
                change({ range: { kind: 'LAST_DAYS', days: Math.min(99, Math.max(0, typed || 0)) } });
              }}
            />
          </FormField>
        )}
        {range.kind === 'CUSTOM' &&
          (['from', 'to'] as const).map((end) => (
            <FormField key={end} label={end === 'from' ? 'First day' : 'Last day'} constraintText="YYYY/MM/DD">
              <DatePicker
                value={range[end]}
                openCalendarAriaLabel={(chosen) => `Choose a day${chosen ? `, ${chosen} is chosen` : ''}`}
                onChange={({ detail }) => change({ range: { ...range, [end]: detail.value } })}
              />
            </FormField>
          ))}
      </div>
    </ColumnLayout>
  );
}
