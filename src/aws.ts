// What talks to AWS itself. A file of its own: who sends unsigned batches to an endpoint of the site's needs none of it.
export { askCognito } from './cognito.js';
export { createSigner } from './sign.js';
