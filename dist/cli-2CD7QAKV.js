import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import "./cli-BJU5RBW5.js";

// src/server/sdk-command.ts
import { PutActionInteractionsCommand, PutEventsCommand } from "@aws-sdk/client-personalize-events";

// src/contract/create-command.ts
var toDate = (seconds) => new Date(Math.round(seconds * 1e3));
var createCommand = (body, PutEvents, PutActionInteractions) => "eventList" in body ? new PutEvents({
  ...body,
  eventList: body.eventList.map((event) => ({ ...event, sentAt: toDate(event.sentAt) }))
}) : new PutActionInteractions({
  ...body,
  actionInteractions: body.actionInteractions.map((interaction) => ({
    ...interaction,
    timestamp: toDate(interaction.timestamp)
  }))
});

// src/server/sdk-command.ts
var toCommand = (body) => createCommand(body, PutEventsCommand, PutActionInteractionsCommand);
export {
  toCommand
};
