// What `npm start`, `npm test` and their siblings run first: plain Node and no dependency, because nothing is installed yet.
import { build } from './bootstrap/build.mjs';
import { entryOf } from './bootstrap/commands.mjs';
import { sentenceOf } from './bootstrap/failure.mjs';
import { handOver } from './bootstrap/hand-over.mjs';
import { install } from './bootstrap/install.mjs';
import { withLock } from './bootstrap/lock.mjs';
import { bundledNode, runtimeFor, tooOldToStart } from './bootstrap/runtime.mjs';
import { toolEnv } from './bootstrap/tool-env.mjs';

async function main([command, ...args]) {
  const entry = entryOf(command);
  tooOldToStart(process.versions.node);
  const env = toolEnv(process.env);
  const node = await withLock(async () => {
    await install(env);
    const runtime = runtimeFor({ platform: process.platform, arch: process.arch, version: process.versions.node, bundled: bundledNode(), own: process.execPath });
    await build(runtime, env);
    return runtime;
  });
  return handOver({ node, entry, args, env });
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(sentenceOf(error));
    process.exit(1);
  },
);
