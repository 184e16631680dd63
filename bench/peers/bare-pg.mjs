// The peer: each ballot that comes over HTTP is one statement and one commit. Nobody asks who sent it; nothing is judged,
// chained or told. Arguments: the statement, how many lines to PostgreSQL. DATABASE_URL says where that is.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';

const [statement, lines] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(lines) });
const [sessionId, pollId, hash] = [randomUUID(), randomUUID(), 'a'.repeat(64)];
let seq = 0;

const http = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', async () => {
    const paper = JSON.stringify(JSON.parse(body));
    const event = { type: 'ballot:cast', pollId, paper: null };
    await pool.query(statement, [
      sessionId,
      ++seq,
      randomUUID(),
      event,
      { paper },
      randomUUID(),
      hash,
      request.headers['idempotency-key'],
    ]);
    response.setHeader('Content-Type', 'application/json');
    response.end('{}');
  });
});
// Every line is there before somebody votes.
await Promise.all(Array.from({ length: Number(lines) }, () => pool.query('select pg_sleep(0.05)')));
// As many may knock at once as at ours.
http.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () =>
  process.send({ port: http.address().port }),
);
