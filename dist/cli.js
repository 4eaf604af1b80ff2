#!/usr/bin/env node

// src/cli/check.ts
var check = {
  summary: "Walks the chain that a browser walks to the service, and says what to fix",
  async run() {
    throw new Error("not yet");
  }
};

// src/cli/put-events.ts
var putEvents = {
  summary: "Sends events by hand, or replays a CSV of past ones",
  async run() {
    throw new Error("not yet");
  }
};

// src/cli/index.ts
var COMMANDS = { check, "put-events": putEvents };
var HELP = `personalize-beacon ${"0.1.0"}

  npx personalize-beacon <command> [options]

${Object.entries(COMMANDS).map(([name2, { summary }]) => `  ${name2.padEnd(12)}${summary}`).join("\n")}

Each command tells of its options by --help.
`;
var [name, ...args] = process.argv.slice(2);
var command = COMMANDS[name ?? ""];
if (command) process.exitCode = await command.run(args);
else if (name === "--version") console.log("0.1.0");
else if (name === void 0 || name === "--help" || name === "help") console.log(HELP);
else {
  console.error(`There is no command "${name}".

${HELP}`);
  process.exitCode = 2;
}
//# sourceMappingURL=cli.js.map
