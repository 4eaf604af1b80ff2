import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import {
  ACCESS_KEY,
  createLocalAws,
  findEvents,
  listen,
  startLocalAws
} from "./cli-BV64MOED.js";
import "./cli-LSHYJRJZ.js";
import "./cli-BJU5RBW5.js";
export {
  ACCESS_KEY,
  createLocalAws,
  findEvents,
  listen,
  startLocalAws
};
