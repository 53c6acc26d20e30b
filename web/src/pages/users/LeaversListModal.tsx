import FileInput from '@cloudscape-design/components/file-input';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { BatchSelection } from '../../api/types.ts';
import { FormModal } from '../../components/FormModal.tsx';
import {
  type LeaverKind,
  largestFile,
  leaverKinds,
  listRefusal,
  listText,
  readLeavers,
  textOf,
  toListSelection,
} from './leavers-list.ts';

/** What was typed, pasted or read from a file. */
export interface LeaversDraft {
  readonly kind: LeaverKind;
  readonly text: string;
}

interface LeaversListModalProps {
  readonly draft: LeaversDraft;
  readonly onChange: (draft: LeaversDraft) => void;
  readonly onClose: () => void;
  /** The next dialog says what would happen. */
  readonly onChosen: (selection: BatchSelection) => void;
}

/** Takes a list of leavers as it comes: pasted, or from a file. */
export function LeaversListModal({ draft, onChange, onClose, onChosen }: LeaversListModalProps) {
  const [problem, setProblem] = useState<string>();
  const list = readLeavers(draft.text, draft.kind);
  const read = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > largestFile) {
      setProblem('This file is larger than any list of names. Choose another one.');
      return;
    }
    const content = textOf(new Uint8Array(await file.arrayBuffer()));
    if (content === null) {
      setProblem('This file is not a text. Save the list as text or CSV, and choose that.');
      return;
    }
    setProblem(undefined);
    onChange({ ...draft, text: content });
  };
  return (
    <FormModal
      header="Delete users from a list"
      confirm="Next"
      unsaved={draft.text.trim() !== ''}
      pending={false}
      refusal={listRefusal(list.entries)}
      onConfirm={() => onChosen(toListSelection(list))}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <FormField label="The list has">
          <RadioGroup
            value={list.kind}
            items={leaverKinds.map(({ value, label }) => ({ value, label }))}
            onChange={({ detail }) => {
              const chosen = leaverKinds.find(({ value }) => value === detail.value);
              if (chosen) onChange({ ...draft, kind: chosen.value });
            }}
          />
        </FormField>
        <FormField
          label="Users to delete"
          description="One in each line, or a table with a column for them. The next step says what each entry means, and asks before anybody is deleted."
          constraintText={listText(list)}
          errorText={problem}
          secondaryControl={
            <FileInput
              accept=".csv,.txt,text/plain,text/csv"
              value={[]}
              onChange={({ detail }) => void read(detail.value[0])}
            >
              Take from a file
            </FileInput>
          }
        >
          <div className="leavers">
            <Textarea
              value={draft.text}
              rows={10}
              spellcheck={false}
              autoComplete={false}
              onChange={({ detail }) => onChange({ ...draft, text: detail.value })}
            />
          </div>
        </FormField>
      </SpaceBetween>
    </FormModal>
  );
}
