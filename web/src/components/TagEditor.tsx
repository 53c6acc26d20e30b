import AttributeEditor, { type AttributeEditorProps } from '@cloudscape-design/components/attribute-editor';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import { useEffect, useRef } from 'react';
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
  const editor = useRef<AttributeEditorProps.Ref>(null);
  const lastKey = useRef<InputProps.Ref>(null);
  const afterwards = useRef<(() => void) | null>(null);
  // A row that comes or goes takes the focus with it: what is there now has it.
  useEffect(() => {
    afterwards.current?.();
    afterwards.current = null;
  });
  const add = () => {
    afterwards.current = () => lastKey.current?.focus();
    onChange([...tags, { key: '', value: '' }]);
  };
  const remove = (gone: number) => {
    const left = tags.filter((_, index) => index !== gone);
    afterwards.current = () => {
      if (left.length === 0) editor.current?.focusAddButton();
      else editor.current?.focusRemoveButton(Math.min(gone, left.length - 1));
    };
    onChange(left);
  };
  return (
    <AttributeEditor
      ref={editor}
      items={tags}
      addButtonText="Add new tag"
      removeButtonText="Remove"
      removeButtonAriaLabel={(row) => `Remove the tag ${row.key}`}
      disableAddButton={rest <= 0}
      empty="No tags."
      additionalInfo={rest <= 0 ? `A ${of} has ${most} tags at most.` : `${countOf(rest, 'more tag')} possible.`}
      onAddButtonClick={add}
      onRemoveButtonClick={({ detail }) => remove(detail.itemIndex)}
      definition={[
        {
          label: 'Key',
          control: (row, index) => (
            <Input
              ref={index === tags.length - 1 ? lastKey : null}
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
