// Connects @slack/socket-mode to the server whose Web API address is the first argument, acknowledges what comes, and says so, a line each.
import { SocketModeClient, LogLevel } from '@slack/socket-mode';

const client = new SocketModeClient({
  appToken: process.argv[3],
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.argv[2] },
});
client.on('connected', () => console.log('connected'));
client.on('slack_event', async ({ ack, type, body, accepts_response_payload }) => {
  console.log(`${type} ${body.command ?? body.type}`);
  await ack(accepts_response_payload ? { text: 'heard' } : undefined);
  if (body.text === 'stop') {
    await client.disconnect();
    process.exit(0);
  }
});
await client.start();
