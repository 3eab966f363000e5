import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { MapImport } from '../../generated/operations.js';
import { usePage } from '../door/page-parts.js';
import { sayProblem, sayRefused } from '../door/refused.js';
import { useChange } from '../door/use-ask.js';
import { Choose, TextLine } from '../parts/fields.js';
import { Warning } from '../parts/notice.js';
import { useSpeech } from '../words/speaking.js';
import { hasKey, importFields, mappingOf, meaningsOf, type ColumnMeaning, type Job } from './import-job.js';
import { importKeys } from './import-keys.js';

/** Says what the columns of a file mean. */
export function MapColumns({ job }: { readonly job: Job }) {
  const { queries } = usePage();
  const speech = useSpeech();
  const { say } = speech;
  const [meanings, setMeanings] = useState(() => meaningsOf(job));
  const [productType, setProductType] = useState('');
  const map = useChange(MapImport);
  const mapping = mappingOf(meanings);
  const hasSku = mapping.some(({ field }) => field === 'SKU');
  const send = (): void => map.mutate({ input: { importId: job.id, mapping, ...(productType.trim() && { productType: productType.trim() }) } }, {
    onSuccess: ({ mapImport: mapped }) => { if (mapped.__typename === 'ImportJob') queries.setQueryData(importKeys.job(job.id), { importJob: mapped }); },
  });
  const answer = map.data?.mapImport;
  return (
    <Form className="columns" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <h2>{say('import.columns')}</h2>
      {[...meanings].map(([column, meaning]) => <ColumnLine key={column} column={column} meaning={meaning} onChange={(next) => setMeanings(new Map(meanings).set(column, next))} />)}
      <TextLine label={say('import.type')} value={productType} onChange={setProductType} />
      <Warning>{map.error ? sayRefused(speech, map.error) : !hasSku ? say('import.sku-missing') : answer && answer.__typename !== 'ImportJob' ? sayProblem(speech, answer) : undefined}</Warning>
      <Button type="submit" isDisabled={map.isPending || !hasSku}>{say('import.map')}</Button>
    </Form>
  );
}

function ColumnLine({ column, meaning, onChange }: { readonly column: string; readonly meaning: ColumnMeaning; readonly onChange: (meaning: ColumnMeaning) => void }) {
  const { say } = useSpeech();
  const choices = [{ key: 'SKIP' as const, text: say('import.skip') }, ...importFields.map((key) => ({ key, text: say(`field.${key}`) }))];
  return (
    <div className="column">
      <Choose<ColumnMeaning['field']> label={say('import.column', { name: column })} chosen={meaning.field} onChoose={(field) => onChange({ ...meaning, field })} choices={choices} />
      {hasKey(meaning.field) && <TextLine label={say('import.key', { name: column })} value={meaning.key} onChange={(key) => onChange({ ...meaning, key })} />}
    </div>
  );
}
