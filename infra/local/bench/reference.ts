import { createServer } from 'node:http';
import pg from 'pg';

/**
 * R: what the least possible server costs here and now. One bare `node:http` server that answers a product's bytes after one
 * prepared select. Every figure of ours is also said as so many R, since two runs on two machines have only that in common.
 */
const pool = new pg.Pool({ connectionString: process.env['BENCH_DATABASE_URL'], max: 8 });
await pool.query('create table if not exists bench_product (id int primary key, body text not null)');
await pool.query(`insert into bench_product select n, repeat('x', 1000) from generate_series(1, 1000) n on conflict do nothing`);

const server = createServer((request, response) => {
  const id = Number(new URL(request.url ?? '/', 'http://bench').searchParams.get('id') ?? 1);
  pool.query({ name: 'product', text: 'select body from bench_product where id = $1', values: [id] }).then(
    ({ rows }) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id, body: rows[0]?.body })),
    () => response.writeHead(500).end(),
  );
});
server.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${(server.address() as { port: number }).port}` }));
process.once('disconnect', () => process.exit(0));
