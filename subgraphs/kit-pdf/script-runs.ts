/** Fonts by the script they hold. */
export const fontScripts = ['latin', 'latin-ext', 'greek', 'cyrillic', 'bengali'] as const;
/** A script that there is a font for. */
export type FontScript = (typeof fontScripts)[number];

/** A piece of text of one script. */
export interface ScriptRun {
  readonly script: FontScript;
  readonly text: string;
}

/** Unicode blocks outside plain Latin, first that fits. Everything else is tried in Latin. */
const blocks: readonly (readonly [number, number, FontScript])[] = [
  [0x0964, 0x0965, 'bengali'], [0x0980, 0x09ff, 'bengali'], [0x25cc, 0x25cc, 'bengali'], [0x0370, 0x03ff, 'greek'], [0x0400, 0x04ff, 'cyrillic'], [0x0100, 0x024f, 'latin-ext'], [0x1e00, 0x1eff, 'latin-ext'],
];

/** Joiners and combining marks stay with what they follow, or a conjunct would fall apart between two fonts. */
const stays = (code: number): boolean => code === 0x200c || code === 0x200d || (code >= 0x0300 && code <= 0x036f);

/** Splits a text where its font changes. Spaces go with what stands before them. */
export function scriptRuns(text: string): ScriptRun[] {
  const runs: { script: FontScript; text: string }[] = [];
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    const last = runs.at(-1);
    const script = blocks.find(([from, to]) => code >= from && code <= to)?.[2] ?? 'latin';
    if (last && (last.script === script || stays(code))) last.text += letter;
    else runs.push({ script, text: letter });
  }
  return runs;
}
