import type { Transport } from '@haat/transport-client/transport';
import { useMutation } from '@tanstack/react-query';
import { Button, FileTrigger } from 'react-aria-components';
import { StartImport } from '../../generated/operations.js';
import { usePage } from '../door/page-parts.js';
import { dataOf, Refused, sayRefused, unreachable } from '../door/refused.js';
import { Warning } from '../parts/notice.js';
import { goTo } from '../route/use-route.js';
import { useSpeech } from '../words/speaking.js';
import { formatOf, type Job } from './import-job.js';
import { importKeys } from './import-keys.js';
import { sendFile, type FileRefused } from './send-file.js';

/** Chooses a file and sends it; one that is not taken may be mended and sent again. */
export function ChooseFile({ vendorId, job }: { readonly vendorId: string; readonly job: Job | undefined }) {
  const { door, queries, headers } = usePage();
  const speech = useSpeech();
  const { say } = speech;
  const upload = useMutation({
    mutationFn: async (file: File): Promise<FileRefused | undefined> => {
      const { id, uploadPath } = job ?? (await started(door, vendorId, file));
      const refused = await sendFile(uploadPath, file, await headers());
      await queries.invalidateQueries({ queryKey: importKeys.job(id) });
      goTo({ part: 'import', id });
      return refused;
    },
  });
  const problem = upload.data ? say('import.refused', { why: upload.data.message }) : upload.error ? sayRefused(speech, upload.error) : undefined;
  return (
    <div className="choose-file">
      <p>{say('import.what')}</p>
      <FileTrigger acceptedFileTypes={['.csv', '.jsonl', '.ndjson', 'text/csv', 'application/jsonl']} onSelect={(files) => { if (files?.[0]) upload.mutate(files[0]); }}>
        <Button className="main" isDisabled={upload.isPending}>{upload.isPending ? say('import.uploading', { name: upload.variables.name }) : say('import.choose')}</Button>
      </FileTrigger>
      <Warning>{problem}</Warning>
    </div>
  );
}

async function started(door: Transport, vendorId: string, file: File): Promise<Pick<Job, 'id' | 'uploadPath'>> {
  const answered = await door.ask(StartImport, { input: { vendorId, format: formatOf(file.name) } }).catch((error: unknown) => Promise.reject(unreachable(error)));
  const { startImport } = dataOf(answered);
  if (startImport.__typename !== 'ImportJob') throw new Refused(startImport.__typename, startImport.message);
  return startImport;
}
