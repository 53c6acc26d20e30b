import Box from '@cloudscape-design/components/box';
import { TimeText } from '../../components/TimeText.tsx';
import { formatNumber } from '../../components/words.ts';
import { isNamed, memberText } from './change-words.ts';

const longestText = 2000;
const mostItems = 100;
const deepest = 4;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** What a member had or has, as people read it; undefined is what was not recorded. */
export function ChangeValue({ value, depth = 0 }: { readonly value: unknown; readonly depth?: number }) {
  if (value === undefined) return <Quiet text="Not recorded" />;
  if (value === null || value === '') return <Quiet text="None" />;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'string') return <Text text={value} />;
  if (isNamed(value)) return <span title={value.Id}>{value.Name}</span>;
  if (depth >= deepest) return <Text text={JSON.stringify(value)} />;
  const items = Array.isArray(value)
    ? value.map((item) => ({ name: null, item }))
    : Object.entries(value).map(([name, item]) => ({ name, item }));
  if (items.length === 0) return <Quiet text="None" />;
  const [first] = items;
  // One member, of each of several things, needs no list of its own.
  if (first && items.length === 1 && first.name !== null && depth > 0) {
    return (
      <>
        {`${memberText(first.name)}: `}
        <ChangeValue value={first.item} depth={depth + 1} />
      </>
    );
  }
  return (
    <ul className="change-values">
      {items.slice(0, mostItems).map(({ name, item }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the values of an entry never change
        <li key={index}>
          {/* Below the member itself stand keys of tags and attributes as well, which are as they are. */}
          {name !== null && `${depth === 0 ? name : memberText(name)}: `}
          <ChangeValue value={item} depth={depth + 1} />
        </li>
      ))}
      {items.length > mostItems && (
        <li>
          <Quiet text={`${formatNumber(items.length - mostItems)} more, which the CSV file has`} />
        </li>
      )}
    </ul>
  );
}

function Quiet({ text }: { readonly text: string }) {
  return (
    <Box variant="span" color="text-body-secondary">
      {text}
    </Box>
  );
}

function Text({ text }: { readonly text: string }) {
  if (moment.test(text) && !Number.isNaN(Date.parse(text))) return <TimeText seconds={Date.parse(text) / 1000} />;
  if (text.length <= longestText) return text;
  return (
    <>
      {text.slice(0, longestText)}…{' '}
      <Quiet text={`${formatNumber(text.length - longestText)} more characters, which the CSV file has`} />
    </>
  );
}
