import type { ReactNode } from 'react';
import { Button, FieldError, Input, Label, ListBox, ListBoxItem, NumberField, Popover, Select, SelectValue, Text, TextArea, TextField, type NumberFieldProps, type TextFieldProps } from 'react-aria-components';
import { useSpeech } from '../words/speaking.js';

/** A line, or several, of text with its name and what helps to fill it. */
export function TextLine({ label, hint, rows, ...field }: TextFieldProps & { readonly label: string; readonly hint?: string; readonly rows?: number }) {
  return (
    <TextField {...field} className="field">
      <Label>{label}</Label>
      {rows ? <TextArea rows={rows} /> : <Input />}
      {hint && <Text slot="description">{hint}</Text>}
      <FieldError />
    </TextField>
  );
}

/** A number, written and read as the language writes numbers. */
export function NumberLine({ label, hint, ...field }: NumberFieldProps & { readonly label: ReactNode; readonly hint?: string }) {
  const { say } = useSpeech();
  return (
    <NumberField {...field} className="field" incrementAriaLabel={say('ship.more')} decrementAriaLabel={say('ship.fewer')}>
      <Label>{label}</Label>
      <div className="number">
        <Button slot="decrement">−</Button>
        <Input />
        <Button slot="increment">+</Button>
      </div>
      {hint && <Text slot="description">{hint}</Text>}
      <FieldError />
    </NumberField>
  );
}

/** One of several things to choose. */
export interface Choice<K extends string> {
  readonly key: K;
  readonly text: string;
}

/** Chooses one of several. */
export function Choose<K extends string>({ label, choices, chosen, onChoose, isQuiet }: {
  readonly label: string; readonly choices: readonly Choice<K>[]; readonly chosen: K; readonly onChoose: (key: K) => void;
  /** Its name is read, not shown. */
  readonly isQuiet?: boolean;
}) {
  return (
    <Select className="field" selectedKey={chosen} onSelectionChange={(key) => onChoose(String(key) as K)} {...(isQuiet && { 'aria-label': label })}>
      {!isQuiet && <Label>{label}</Label>}
      <Button className="select"><SelectValue /><span aria-hidden="true">▾</span></Button>
      <Popover className="popover">
        <ListBox>
          {choices.map(({ key, text }) => <ListBoxItem key={key} id={key} textValue={text} className="choice">{text}</ListBoxItem>)}
        </ListBox>
      </Popover>
    </Select>
  );
}
