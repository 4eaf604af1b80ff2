export type { PersonalizeAttributes } from './browser/jsx-attributes.js';
