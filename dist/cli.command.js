import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import "./cli.chunk.js";

// src/command.ts
import {
  PutActionInteractionsCommand,
  PutEventsCommand
} from "@aws-sdk/client-personalize-events";
var toDate = (seconds) => new Date(Math.round(seconds * 1e3));
var toCommand = (body) => "eventList" in body ? new PutEventsCommand({
  ...body,
  eventList: body.eventList.map((event) => ({ ...event, sentAt: toDate(event.sentAt) }))
}) : new PutActionInteractionsCommand({
  ...body,
  actionInteractions: body.actionInteractions.map(
    (interaction) => ({ ...interaction, timestamp: toDate(interaction.timestamp) })
  )
});
export {
  toCommand
};
//# sourceMappingURL=cli.command.js.map
