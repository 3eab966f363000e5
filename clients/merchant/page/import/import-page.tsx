import { ImportPage as ImportPageQuery, ImportProgressed } from '../../generated/operations.js';
import { usePage } from '../door/page-parts.js';
import { useAsked } from '../door/use-ask.js';
import { useLive } from '../door/use-live.js';
import { NotThere } from '../parts/notice.js';
import { Title } from '../parts/title.js';
import { hrefOf } from '../route/route.js';
import { useSpeech } from '../words/speaking.js';
import { ChooseFile } from './choose-file.js';
import { stepOf, type Job } from './import-job.js';
import { importKeys } from './import-keys.js';
import { ImportProgress } from './import-progress.js';
import { MapColumns } from './map-columns.js';
import { RunButtons } from './run-buttons.js';

/** Brings products in from a file, step by step; the address keeps which one. */
export function ImportPage({ vendorId, importId }: { readonly vendorId: string; readonly importId: string | undefined }) {
  const { say } = useSpeech();
  return (
    <section className="import">
      <Title level={1}>{say('import.title')}</Title>
      {importId ? <OneImport key={importId} vendorId={vendorId} id={importId} /> : <ChooseFile vendorId={vendorId} job={undefined} />}
    </section>
  );
}

function OneImport({ vendorId, id }: { readonly vendorId: string; readonly id: string }) {
  const { queries } = usePage();
  const { say } = useSpeech();
  useLive(ImportProgressed, { id }, ({ importProgressed }) => queries.setQueryData(importKeys.job(id), { importJob: importProgressed }));
  const { data, error, refetch } = useAsked(importKeys.job(id), ImportPageQuery, { id });
  const job = data?.importJob;
  if (error) return <NotThere error={error} onAgain={() => void refetch()} />;
  if (!data) return <p className="empty">{say('loading')}</p>;
  if (!job) return <p className="empty">{say('import.missing')}</p>;
  return (
    <>
      <ImportState job={job} />
      {stepOf(job) === 'upload' && <ChooseFile vendorId={vendorId} job={job} />}
      {(stepOf(job) === 'map' || job.status === 'MAPPED') && <MapColumns key={job.columns.join()} job={job} />}
      {stepOf(job) === 'run' && <RunButtons job={job} />}
      <a href={hrefOf({ part: 'import' })}>{say('import.new')}</a>
    </>
  );
}

function ImportState({ job }: { readonly job: Job }) {
  const { say } = useSpeech();
  return (
    <div className="state">
      <p role="status"><strong>{say(`import.status.${job.status}`)}</strong>{job.rowCount != null && <span className="quiet"> · {say('import.rows', { count: job.rowCount })}</span>}</p>
      {job.problem && <p className="warning">{job.problem}</p>}
      {job.startedAt && <ImportProgress job={job} />}
    </div>
  );
}
