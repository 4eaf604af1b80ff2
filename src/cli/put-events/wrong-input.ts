/** What was given cannot be understood or sent as it is; its message says what to write. */
export class WrongInput extends Error {}
