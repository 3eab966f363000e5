import { parseArgs } from 'node:util';

const DEFAULT_PORT = 4000;
const PORT_MAX = 65_535;
const USAGE = 'Usage: npm start [-- --only <subgraph>,<subgraph>] [--port <number>] [--fresh].';

/** What a person asked `npm start` for. */
export interface StartOptions {
  /** The subgraphs to start; all when absent. */
  readonly only?: readonly string[];
  /** Drop the data of earlier starts first. */
  readonly fresh: boolean;
  /** Port of the gateway, 1 to 65,535. */
  readonly port: number;
}

/** Reads the arguments of `npm start`; the port may stand in the environment as well, as for the gateway. Throws one sentence when they cannot be meant. */
export function readStartOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): StartOptions {
  const values = parsed(args);
  return {
    ...(values.only === undefined ? {} : { only: namesIn(values.only) }),
    fresh: values.fresh ?? false,
    port: values.port === undefined ? portIn('PORT', env['PORT'] || String(DEFAULT_PORT)) : portIn('--port', values.port),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { only: { type: 'string' }, port: { type: 'string' }, fresh: { type: 'boolean' } } }).values;
  } catch {
    throw new Error(`${args.join(' ')} is not understood. ${USAGE}`);
  }
}

function namesIn(list: string): string[] {
  const names = [...new Set(list.split(',').map((name) => name.trim()).filter(Boolean))];
  if (names.length === 0) throw new Error(`--only names no subgraph. ${USAGE}`);
  return names;
}

function portIn(name: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= PORT_MAX) return port;
  throw new Error(`${name} takes a number from 1 to ${PORT_MAX}, not ${text}.`);
}
