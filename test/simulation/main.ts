import { simulate } from './simulate.js';

const seed = Number(process.argv[process.argv.indexOf('--seed') + 1] ?? Number.NaN);
if (!process.argv.includes('--seed') || !Number.isSafeInteger(seed)) throw new Error('Say which run: --seed N.');
const { broken, trace, counts } = simulate(seed, { isTraced: true });
process.stdout.write(`${[...trace, '', `seed ${seed}: ${JSON.stringify(counts)}`, ...(broken.length > 0 ? broken : ['Everything holds.'])].join('\n')}\n`);
process.exitCode = broken.length > 0 ? 1 : 0;
