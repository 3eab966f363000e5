import { join, posix } from 'node:path';
import { acceptedIn } from './accepted-breaks.js';
import { breakingApiChanges } from './api-changes.js';
import type { ClientSources } from './clients/client-sources.js';
import type { SubgraphSdl } from './compose.js';
import { breakingContractChanges } from './contract-changes.js';
import type { Contracts } from './contracts.js';
import { apiFile, generatedFiles, snapshotFile, supergraphFile, type GeneratedFiles } from './generated-files.js';
import type { CommittedFile } from './committed-file.js';
import { lostLiveFields } from './live-fields.js';
import type { Snapshot } from './snapshot.js';
import { staleFiles } from './write-generated.js';

/** What is checked. */
export interface CheckedContracts {
  readonly subgraphs: readonly SubgraphSdl[];
  readonly contracts: Contracts;
  /** What clients ask for; nobody when absent. */
  readonly clients?: readonly ClientSources[];
  /** The folder of the committed files, `schema/`. */
  readonly folder: string;
  /** Reads a file of that folder as it was at the commit that breaks are measured from. */
  readonly committed: (name: string) => Promise<CommittedFile>;
}

/** What was found: problems fail the check, remarks only say what could not be checked. One line each. */
export interface Findings {
  readonly problems: readonly string[];
  readonly remarks: readonly string[];
}

/** Checks that the contracts compose without a hint, are committed as they are, and break nobody who relies on the base. */
export async function checkContracts(checked: CheckedContracts): Promise<Findings> {
  const generated = await generatedFiles(checked.subgraphs, checked.contracts, checked.clients);
  if (!generated.ok) return { problems: generated.errors.map((error) => `composition: ${error}`), remarks: [] };
  const stale = await staleFiles(checked.folder, generated.files);
  const lost = lostLiveFields(checked.subgraphs, generated.files.get(supergraphFile) ?? '');
  const breaks = await breaksSince(checked, generated.files);
  return {
    problems: [
      ...stale.map((name) => `stale: ${posix.join('schema', name)} is not what \`pnpm generate\` makes; run it and read the difference`),
      ...generated.hints.map((hint) => `hint: ${hint}`),
      ...lost.map((field) => `live: ${field}`),
      ...generated.broken.map((line) => `operation: ${line}`),
      ...breaks.problems.map((line) => `breaking: ${line}`),
    ],
    remarks: breaks.remarks,
  };
}

async function breaksSince({ folder, committed }: CheckedContracts, files: GeneratedFiles): Promise<Findings> {
  const accepted = await acceptedIn(join(folder, 'accepted-breaks.json'));
  const compared = await Promise.all([
    since(apiFile, breakingApiChanges),
    since(snapshotFile, async (before, after) => breakingContractChanges(JSON.parse(before) as Snapshot, JSON.parse(after) as Snapshot)),
  ]);
  const problems = compared.flatMap((findings) => findings.problems).filter((line) => !accepted.has(line));
  return { problems, remarks: compared.flatMap((findings) => findings.remarks) };

  async function since(name: string, breaksOf: (before: string, after: string) => Promise<string[]>): Promise<Findings> {
    const before = await committed(name);
    if (!before.ok) return { problems: [], remarks: [`Breaking changes of schema/${name} were not looked for: ${before.why}.`] };
    return { problems: await breaksOf(before.text, files.get(name) ?? ''), remarks: [] };
  }
}
