import type { z } from 'zod';

/** What came is shown up to here. */
const shownCharactersMax = 80;

/** A variable of such a name is never shown. */
const secretName = /secret|password|passwd|token|key|credential|private|seal|salt|cookie|dsn/i;

/** The environment does not fit: the message names every variable, what was expected and what came. For people, as it is. */
export class ConfigMistake extends Error {
  override readonly name = 'ConfigMistake';
}

/**
 * Reads settings: every key of the schema is the name of a variable. An empty variable counts as absent. Throws one
 * {@link ConfigMistake} that lists all mistakes at once; never shows the value of a variable whose name looks secret, nor
 * the password inside a URL. Use `z.coerce.number()` and `z.stringbool()` for what is not text.
 */
export function readConfig<S extends z.ZodObject>(schema: S, env: Readonly<Record<string, string | undefined>> = process.env, of = 'the environment'): z.infer<S> {
  const given = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, env[name] === '' ? undefined : env[name]]));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new ConfigMistake(`Cannot start: ${of} needs care.\n${mistakesOf(result.error, given).join('\n')}`);
}

function mistakesOf(error: z.ZodError, given: Readonly<Record<string, string | undefined>>): string[] {
  return error.issues.map((issue) => {
    const name = String(issue.path[0] ?? '(all)');
    return `  ${name}: ${expectedBy(issue)}; came ${shown(name, given[name])}.`;
  });
}

/** zod's own words; "received NaN" would speak of what coercion made of it, not of what came. */
function expectedBy(issue: z.core.$ZodIssue): string {
  return issue.message.replace(/^Invalid input: /, '').replace(/, received .*$/, '');
}

function shown(name: string, value: string | undefined): string {
  if (value === undefined) return 'nothing';
  if (secretName.test(name)) return `a text of ${value.length} characters`;
  const safe = value.replace(/\/\/[^/@\s]*@/g, '//…@').replace(/\?.*$/s, '?…');
  return JSON.stringify(safe.length > shownCharactersMax ? `${safe.slice(0, shownCharactersMax)}…` : safe);
}
