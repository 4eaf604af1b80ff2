export { problemOfRequest } from './wire.js';
