import FormField, { type FormFieldProps } from '@cloudscape-design/components/form-field';
import type { ReactNode } from 'react';
import type { FormState } from './use-form.ts';

interface LabelledFieldProps<V>
  extends Pick<FormFieldProps, 'description' | 'constraintText' | 'children' | 'stretch'> {
  readonly form: FormState<V>;
  readonly field: keyof V & string;
  readonly label: string;
  readonly optional?: boolean;
  /** Below the field, such as a checkbox: inside, it would take the field's label for its own. */
  readonly after?: ReactNode;
}

/** A field of a form with its error, where the focus can find it. */
export function LabelledField<V>({ form, field, label, optional, after, children, ...rest }: LabelledFieldProps<V>) {
  return (
    <div data-field={field}>
      <FormField {...rest} label={optional ? <Optional label={label} /> : label} errorText={form.errors[field]}>
        {children}
      </FormField>
      {after}
    </div>
  );
}

function Optional({ label }: { readonly label: string }) {
  return (
    <span>
      {label} <i>– optional</i>
    </span>
  );
}
