export { init } from './tracker.js';
