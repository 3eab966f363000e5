import { finding, type Finding } from './finding.js';
import type { Source } from './sources.js';

/** Words that say nothing about what a thing is. */
const banned = /^(utils?|helpers?|commons?|managers?|services?|base)$/;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;

/** What is wrong with a file's name or its folders'. */
export function badPath(path: string): Finding[] {
  const steps = path.split('/');
  const odd = steps.filter((step) => !kebab.test(step) && !usual.has(step));
  const empty = steps.flatMap((step) => step.split(/[.-]/)).filter((word) => banned.test(word));
  return [
    ...odd.map((step) => `${path}:1: ${step} is not kebab-case`),
    ...empty.map((word) => `${path}:1: "${word}" says nothing`),
    ...(steps.includes('src') ? [`${path}:1: a package is its source; no src/`] : []),
    ...(/(^|\/)index\.[cm]?[jt]s$/.test(path) ? [`${path}:1: no barrels; import the file that has it`] : []),
  ];
}

/** Exported names with a word that says nothing. */
export function badExports(source: Source): Finding[] {
  const exported = source.code.matchAll(/^export (?:declare |abstract |async )*(?:function\*?|class|const|let|interface|type|enum) (\w+)/gm);
  return [...exported].flatMap((match) => {
    const empty = wordsOf(match[1] ?? '').find((word) => banned.test(word));
    return empty === undefined ? [] : [finding(source, match.index, `"${empty}" in ${match[1]} says nothing`)];
  });
}

/** `placeOrder` is two words; so is `PLACE_ORDER`. */
export function wordsOf(name: string): string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2').split(/[\s_-]+/).map((word) => word.toLowerCase());
}

const usual = new Set(['README.md', 'Dockerfile', '.ci', '.gitignore', 'LICENSE', 'CHANGELOG.md']);
/** TypeScript's own word for a configuration that others extend. */
const ofTools = new Set(['tsconfig.base.json']);

/** Paths whose names are ours to choose. */
export function isOurName(path: string): boolean {
  return !ofTools.has(path);
}
