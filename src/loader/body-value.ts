/**
 * The value of a request body. Text in it may also be a number or a switch, for its digits are as they were sent; and it names no file,
 * for a client must not read files of the server.
 */
export class BodyValue {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}
