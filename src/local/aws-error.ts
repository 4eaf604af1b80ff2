/** An error that is answered in AWS's format. */
export class AwsError extends Error {
  constructor(
    readonly status: number,
    /** Name in `x-amzn-ErrorType`. Without it, the answer is like a gateway's. */
    readonly type: string | undefined,
    message: string,
    /** Path of the field at fault, such as `eventList.1.member.itemId`. */
    readonly field?: string,
  ) {
    super(message);
  }
}
