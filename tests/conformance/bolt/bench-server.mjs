// A @slack/bolt app that acknowledges /advocate with the message in the file given, and buttons with nothing. Prints its port.
import { readFileSync } from 'node:fs';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';

const [secret, file] = process.argv.slice(2);
const message = JSON.parse(readFileSync(file, 'utf8'));
const receiver = new HTTPReceiver({ signingSecret: secret, logLevel: LogLevel.ERROR, endpoints: ['/slack/commands', '/slack/interactions'] });
const app = new App({ receiver, authorize: async () => ({ botToken: 'xoxb-none', botId: 'B0', botUserId: 'U0' }), logLevel: LogLevel.ERROR });
app.command('/advocate', async ({ ack }) => ack(message));
app.action(/.*/, async ({ ack }) => ack());
const server = await app.start({ port: 0, host: '127.0.0.1' });
console.log(server.address().port);
