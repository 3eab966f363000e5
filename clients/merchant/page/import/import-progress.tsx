import { Button, Label, ProgressBar } from 'react-aria-components';
import { usePage } from '../door/page-parts.js';
import { useSpeech } from '../words/speaking.js';
import { shareDone, type Job } from './import-job.js';
import { saveFile } from './send-file.js';

/** How far a run has come, and what came of the rows. */
export function ImportProgress({ job }: { readonly job: Job }) {
  const { headers } = usePage();
  const { say, count } = useSpeech();
  const done = say('import.done-of', { done: job.doneCount, count: job.rowCount ?? 0 });
  const { errorFilePath } = job;
  const save = async (path: string): Promise<void> => saveFile(path, job.format === 'CSV' ? 'import-errors.csv' : 'import-errors.jsonl', await headers());
  return (
    <>
      <ProgressBar className="progress" value={shareDone(job) * 100} valueLabel={done}>
        {({ percentage }) => (
          <>
            <Label>{say('import.progress')}</Label>
            <span className="quiet">{done}</span>
            <div className="bar"><div style={{ width: `${percentage ?? 0}%` }} /></div>
          </>
        )}
      </ProgressBar>
      <dl className="facts">
        {(['created', 'changed', 'failed'] as const).map((what) => <div key={what}><dt>{say(`import.${what}`)}</dt><dd>{count(job[`${what}Count`])}</dd></div>)}
      </dl>
      {errorFilePath && <Button onPress={() => void save(errorFilePath).catch(() => undefined)}>{say('import.errors')}</Button>}
    </>
  );
}
