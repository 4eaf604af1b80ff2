import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import "./cli.chunk.js";

// src/server/sdk-command.ts
import { PutActionInteractionsCommand, PutEventsCommand } from "@aws-sdk/client-personalize-events";

// src/contract/command-input.ts
var toDate = (seconds) => new Date(Math.round(seconds * 1e3));
var toPutEventsInput = (body) => ({
  ...body,
  eventList: body.eventList.map((event) => ({ ...event, sentAt: toDate(event.sentAt) }))
});
var toPutActionInteractionsInput = (body) => ({
  ...body,
  actionInteractions: body.actionInteractions.map((interaction) => ({
    ...interaction,
    timestamp: toDate(interaction.timestamp)
  }))
});

// src/server/sdk-command.ts
var toCommand = (body) => "eventList" in body ? new PutEventsCommand(toPutEventsInput(body)) : new PutActionInteractionsCommand(toPutActionInteractionsInput(body));
export {
  toCommand
};
//# sourceMappingURL=cli.sdk-command.js.map
