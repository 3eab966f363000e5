import { finding, type Finding } from './finding.js';
import { fileOf, importsOf, isInside } from './imports.js';
import { isForTests, isSubgraph, kits, packageOf, type Source } from './sources.js';

/** Telemetry is three files: what is traced, what is counted, and where it goes. */
const telemetry = ['telemetry', 'span', 'meter'];
const gatewayMayOfKit = ['config', 'identity', 'signing', 'used-once', 'refusal', 'nats', 'ask', 'log', ...telemetry, 'live', 'live-field', 'person-seen', 'pause', 'testing/eventually', 'clock', 'id', 'breaker', 'limits', 'deadline', 'http', 'server', 'signed-token'];
const kitMayOfSchema = ['event', 'ask', 'ids', 'viewer'];

/** Imports that the table "who may import whom" does not have. */
export function forbiddenImports(source: Source): Finding[] {
  return importsOf(source).flatMap(({ specifier, at }) => {
    const file = fileOf(source, specifier);
    const why = file === undefined ? undefined : specifier.startsWith('.') ? outsideWhy(source, specifier, file) : whyNot(source, file);
    return why === undefined ? [] : [finding(source, at, why)];
  });
}

/** Within a subgraph: nobody imports `subgraph.ts` but `main.ts`, nor a resolver but `subgraph.ts`. Tests may. */
export function forbiddenInside(source: Source): Finding[] {
  if (!isSubgraph(packageOf(source.path)) || isForTests(source.path)) return [];
  const name = source.path.split('/').slice(2).join('/');
  return importsOf(source).flatMap(({ specifier, at }) => {
    if (/^\..*\/subgraph\.js$/.test(specifier) && name !== 'main.ts') return [finding(source, at, 'only main.ts imports subgraph.ts')];
    if (/^\..*\.resolver\.js$/.test(specifier) && name !== 'subgraph.ts') return [finding(source, at, 'only subgraph.ts imports a resolver')];
    return [];
  });
}

function outsideWhy(source: Source, specifier: string, file: string): string | undefined {
  if (!isInside(source, file)) return `${specifier} leaves the package`;
  return /\.(js|json|mjs)$/.test(specifier) ? undefined : `${specifier} has no extension .js`;
}

function whyNot(source: Source, file: string): string | undefined {
  const [from, to] = [packageOf(source.path), packageOf(file)];
  const part = file.slice(to.length + 1).replace(/\.ts$/, '');
  return mayImport({ from, to, part, isForTests: isForTests(source.path) }) ? undefined : `${from} may not import ${to}/${part}`;
}

function mayImport({ from, to, part, isForTests }: { from: string; to: string; part: string; isForTests: boolean }): boolean {
  if (from === 'schema') return false;
  if (isSubgraph(from)) return to === 'schema' || kits.includes(to);
  if (kits.includes(from)) return to === 'schema' ? kitMayOfSchema.includes(part) : kitMayImport({ from, to, isForTests });
  if (from === 'gateway') return to === 'schema' || (to === 'subgraphs/kit' && gatewayMayOfKit.includes(part));
  if (from.startsWith('clients/')) return to === 'schema' || to === 'clients/transport';
  if (from === 'infra/local') return ['gateway', 'schema', ...kits].includes(to) || (isSubgraph(to) && part === 'subgraph');
  // Parts that decide without asking anybody are exported as `pure/…`, for proofs over several subgraphs together.
  if (from === 'test' && isSubgraph(to)) return part.startsWith('pure/');
  return from === 'test' && (to.startsWith('clients/') || ['infra/local', 'schema', 'gateway', ...kits].includes(to));
}

/** The kit stands on none of the others, and they on it alone; what runs a subgraph is tested on real stores. */
function kitMayImport({ from, to, isForTests }: { from: string; to: string; isForTests: boolean }): boolean {
  if (from === 'subgraphs/kit') return false;
  return to === 'subgraphs/kit' || (from === 'subgraphs/kit-run' && isForTests && kits.includes(to));
}
