import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import {
  listen,
  startLocalAws
} from "./cli-AXGUZBVN.js";
import {
  ACCESS_KEY,
  createLocalAws,
  findEvents
} from "./cli-OVSHWZXQ.js";
import "./cli-LSHYJRJZ.js";
import "./cli-BJU5RBW5.js";
export {
  ACCESS_KEY,
  createLocalAws,
  findEvents,
  listen,
  startLocalAws
};
