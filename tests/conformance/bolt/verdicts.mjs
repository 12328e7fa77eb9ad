// Sends the requests on standard input, one JSON object a line {path, headers, body}, to a server of @slack/bolt, and prints the status of each answer.
import { createInterface } from 'node:readline';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';

const receiver = new HTTPReceiver({
  signingSecret: process.argv[2],
  logLevel: LogLevel.ERROR,
  logger: { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => LogLevel.ERROR, setName() {} },
  endpoints: ['/slack/commands', '/slack/interactions', '/slack/events', '/slack/options'],
});
const app = new App({ receiver, authorize: async () => ({ botToken: 'xoxb-none', botId: 'B0', botUserId: 'U0' }), logLevel: LogLevel.ERROR });
let dispatched = 0;
app.use(async ({ ack, next }) => {
  dispatched++;
  if (ack) await ack();
  await next();
});
app.command('/advocate', async ({ ack }) => ack());
app.event('app_mention', async () => {});

const server = await app.start({ port: 0, host: '127.0.0.1' });
const { port } = server.address();
for await (const line of createInterface({ input: process.stdin })) {
  if (!line) continue;
  const { path, headers, body } = JSON.parse(line);
  const before = dispatched;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: Buffer.from(body, 'base64') });
  const text = await response.text();
  console.log(JSON.stringify({ status: response.status, length: text.length, dispatched: dispatched - before }));
}

server.closeAllConnections();
await app.stop();
