import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const FRAMES_MAX = 8;
const CAUSES_MAX = 5;

/** What vitest hands over of a thrown value. */
export interface ThrownText {
  readonly name?: string;
  readonly message: string;
  readonly stack?: string;
  readonly diff?: string;
  readonly cause?: ThrownText;
}

/** A thrown value for people: what was wrong, the difference, the frames of our own sources, and its causes. */
export function failureText(thrown: ThrownText, checkout: string, depth = 0): string {
  const parts = [headline(thrown), thrown.diff, ...ownFrames(thrown.stack ?? '', checkout).map((frame) => `  at ${frame}`)];
  if (isThrown(thrown.cause) && depth < CAUSES_MAX) parts.push(`caused by ${failureText(thrown.cause, checkout, depth + 1)}`);
  return stripVTControlCharacters(parts.filter(Boolean).join('\n'));
}

function headline({ name, message }: ThrownText): string {
  return name && !message.startsWith(name) ? `${name}: ${message}` : message;
}

/** `file:line:column` below the checkout; when there is none of ours, the first frame whatever it is. */
function ownFrames(stack: string, checkout: string): string[] {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line) && !line.includes('<anonymous>)') && !line.endsWith('<anonymous>')).map((line) => placeOf(line, checkout));
  const own = frames.filter((frame) => !frame.includes('node_modules/') && !frame.includes('node:') && !frame.startsWith('..'));
  return own.length > 0 ? own.slice(0, FRAMES_MAX) : frames.slice(0, 1);
}

function placeOf(line: string, checkout: string): string {
  const [, method, place] = /^\s+at (?:(.*) \()?(.*?)\)?$/.exec(line) ?? [];
  const path = (place ?? line).replace(/^file:\/\/[^:]+/, (url) => fileURLToPath(url));
  const shown = (path.startsWith('/') ? relative(checkout, path) : path).replace(/node_modules\/\.pnpm\/[^/]+\/(?=node_modules\/)/, '');
  return method && method !== '<anonymous>' ? `${shown} (${method})` : shown;
}

const isThrown = (value: unknown): value is ThrownText => typeof value === 'object' && value !== null && 'message' in value;
