import { useState } from 'react';
import { Button, Switch } from 'react-aria-components';
import { RunImport } from '../../generated/operations.js';
import { usePage } from '../door/page-parts.js';
import { sayProblem, sayRefused } from '../door/refused.js';
import { useChange } from '../door/use-ask.js';
import { Warning } from '../parts/notice.js';
import { useSpeech } from '../words/speaking.js';
import type { Job } from './import-job.js';
import { importKeys } from './import-keys.js';

/** Tries an import, or runs it. */
export function RunButtons({ job }: { readonly job: Job }) {
  const { queries } = usePage();
  const speech = useSpeech();
  const { say } = speech;
  const [publishes, setPublishes] = useState(false);
  const run = useChange(RunImport);
  const send = (dryRun: boolean): void => run.mutate({ input: { importId: job.id, dryRun, publishes } }, {
    onSuccess: ({ runImport: running }) => { if (running.__typename === 'ImportJob') queries.setQueryData(importKeys.job(job.id), { importJob: running }); },
  });
  const answer = run.data?.runImport;
  return (
    <div className="run">
      <Switch className="switch" isSelected={publishes} onChange={setPublishes}><span className="track" aria-hidden="true" />{say('import.publishes')}</Switch>
      <Warning>{run.error ? sayRefused(speech, run.error) : answer && answer.__typename !== 'ImportJob' ? sayProblem(speech, answer) : undefined}</Warning>
      <div className="buttons">
        <Button onPress={() => send(true)} isDisabled={run.isPending}>{say('import.try')}</Button>
        <Button className="main" onPress={() => send(false)} isDisabled={run.isPending}>{say('import.run')}</Button>
      </div>
    </div>
  );
}
