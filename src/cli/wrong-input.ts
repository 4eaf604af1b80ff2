/** Thrown at input that cannot be understood or sent. The message says what to write. */
export class WrongInput extends Error {}
