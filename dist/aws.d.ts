export { askCognito } from './cognito.js';
export { createSigner } from './sign.js';
