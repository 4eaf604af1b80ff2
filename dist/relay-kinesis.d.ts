export type { PutEventsBody } from './wire.js';
