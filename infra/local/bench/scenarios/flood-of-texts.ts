import type { Scenario } from '../scenario.js';

/** With all runs and the warming up these are more than 50,000. */
const requests = 16_200;

/** What attackers change of one operation, so that no two texts are the same. */
const disguises: readonly ((n: number) => string)[] = [
  (n) => `# ${n}\n{ tenant { id } }`, (n) => `{ tenant { a${n}: id } }`, (n) => `query ($v${n}: Int) { categories(first: $v${n}) { nodes { id } } }`,
  (n) => `query Q${n} { tenant { ${n % 2 ? 'id name' : 'name id'} } viewer { kind } }`,
];

/** Memory is what to look at: it levels out, however many there are. */
export const scenario: Scenario = {
  name: 'a flood of texts that differ',
  requests,
  isLong: true,
  async prepare(door) {
    let sent = 0;
    return async () => {
      const n = sent++;
      await door.ask(disguises[n % disguises.length]?.(n) ?? '');
    };
  },
};
