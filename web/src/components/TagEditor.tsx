import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import Input from '@cloudscape-design/components/input';
import { type TagRow, tagErrors } from './tag-rows.ts';
import { countOf } from './words.ts';

interface TagEditorProps {
  readonly tags: readonly TagRow[];
  readonly onChange: (tags: readonly TagRow[]) => void;
  /** Errors of single rows are shown from the first attempt to save. */
  readonly showErrors: boolean;
  readonly most: number;
  /** "user": what it is that has at most so many. */
  readonly of: string;
}

export function TagEditor({ tags, onChange, showErrors, most, of }: TagEditorProps) {
  const errors = tagErrors(tags);
  const set = (index: number, change: Partial<TagRow>) =>
    onChange(tags.map((row, at) => (at === index ? { ...row, ...change } : row)));
  const rest = most - tags.length;
  const error = (index: number, part: 'key' | 'value') => (showErrors ? errors[index]?.[part] : undefined);
  return (
    <AttributeEditor
      items={tags}
      addButtonText="Add new tag"
      removeButtonText="Remove"
      removeButtonAriaLabel={(row) => `Remove the tag ${row.key}`}
      disableAddButton={rest <= 0}
      empty="No tags."
      additionalInfo={rest <= 0 ? `A ${of} has ${most} tags at most.` : `${countOf(rest, 'more tag')} possible.`}
      onAddButtonClick={() => onChange([...tags, { key: '', value: '' }])}
      onRemoveButtonClick={({ detail }) => onChange(tags.filter((_, index) => index !== detail.itemIndex))}
      definition={[
        {
          label: 'Key',
          control: (row, index) => (
            <Input
              value={row.key}
              ariaLabel={`Key of tag ${index + 1}`}
              autoComplete={false}
              onChange={({ detail }) => set(index, { key: detail.value })}
            />
          ),
          errorText: (_, index) => error(index, 'key'),
        },
        {
          label: 'Value',
          control: (row, index) => (
            <Input
              value={row.value}
              ariaLabel={`Value of tag ${index + 1}`}
              autoComplete={false}
              onChange={({ detail }) => set(index, { value: detail.value })}
            />
          ),
          errorText: (_, index) => error(index, 'value'),
        },
      ]}
    />
  );
}
