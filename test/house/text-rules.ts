import { matches, type Finding } from './finding.js';
import type { Source } from './sources.js';

/** Folders of one machine, and hosts that only one network has: a fresh clone elsewhere has neither. */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w.$}/])\/(?:home|Users|root|work|tmp|mnt)\/[\w.-]+/g, 'a path of one machine'],
  [/\b[A-Z]:\\\\?Users\b/g, 'a path of one machine'],
  [/\b(?:registry\.[\w-]+\.[a-z]+|[\w-]+\.jfrog\.io|npmmirror\.com|files\.pythonhosted\.org|proxy\.golang\.org)\b/g, 'a registry; its client knows where it is'],
];

/** Where a text names them. */
export function machineNamed(source: Source): Finding[] {
  return elsewhere.flatMap(([pattern, what]) => matches(source, 'text', pattern, ([found]) => `${found} is ${what}`));
}

/** Work left for another day; it goes into an issue. */
export function leftOver(source: Source): Finding[] {
  return matches(source, 'comments', /\b(?:TODO|FIXME|XXX|HACK)\b/g, ([word]) => word);
}

/** Lines of signs that split a file in two: then it is two files. */
export function banners(source: Source): Finding[] {
  return matches(source, 'comments', /(?:^|\/\/|\*)\s*[-=*#~]{8,}\s*$/gm, () => 'a banner');
}
