// What Microsoft's own library says to tokens: one JSON object a line in, one a line out.
// In:  {"openIdUrl", "appId"} first, then {"name", "token", "channelId", "serviceUrl"} each.
// Out: {"name", "taken", "status"?, "why"?} each.
import { createInterface } from "node:readline";
import connector from "botframework-connector";

const { ChannelValidation, SimpleCredentialProvider } = connector;
let credentials;

for await (const line of createInterface({ input: process.stdin })) {
  const input = JSON.parse(line);
  if (input.openIdUrl) {
    ChannelValidation.OpenIdMetadataEndpoint = input.openIdUrl;
    credentials = new SimpleCredentialProvider(input.appId, "");
    continue;
  }

  const answer = { name: input.name };
  try {
    const identity = await ChannelValidation.authenticateChannelTokenWithServiceUrl(
      input.token === null ? "" : `Bearer ${input.token}`, credentials, input.serviceUrl, input.channelId);
    answer.taken = identity?.isAuthenticated === true;
  } catch (error) {
    answer.taken = false;
    answer.status = error.statusCode;
    answer.why = error.message;
  }

  console.log(JSON.stringify(answer));
}
