/** Runs one step of the groundwork and prints it with its time. */
export async function step({ doing, done }, work) {
  const startedMs = performance.now();
  console.log(`${doing} …`);
  const result = await work();
  console.log(`${done} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  return result;
}
