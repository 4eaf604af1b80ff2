import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { AwsError } from './aws-error.js';
import type { createFaults, FaultEffect } from './faults.js';
import { operationOfTarget } from './guest-access.js';
import {
  type AwsAnswer,
  allowOrigin,
  allowPost,
  readBody,
  resetConnection,
  sendAnswer,
} from './http-messages.js';
import type { Call } from './personalize-events.js';
import type { ReceivedRequest, SignatureForm } from './received.js';

/** An operation of AWS. */
export interface Operation {
  contentType?: string;
  /** Also writes an error's type to the body, as Cognito does. */
  hasTypeInBody?: boolean;
  formOf?(request: IncomingMessage): SignatureForm | null;
  /** Resolves to the answer's body. */
  run(call: Call): Promise<unknown>;
  /** Called when the request is refused in a way that a retry of it cannot change. */
  reject?(call: Call, error: AwsError): void;
}

interface AwsHandlerOptions {
  /** Finds the operation of a request that is no preflight. */
  route(received: ReceivedRequest): Operation;
  faults: ReturnType<typeof createFaults>;
  /** Adds a request, which later gets its answer. */
  onRequest(received: ReceivedRequest): void;
  /** Called when a request has its answer, or is to have none. */
  onAnswer(received: ReceivedRequest): void;
  /** Returns the service's time in milliseconds. */
  clock(): number;
  /** Returns the time in milliseconds. */
  now(): number;
}

/** Statuses of answers after which the same request may succeed. */
const isTransient = (status: number) => status >= 500 || status === 429 || status === 408;

const toReceived = (request: IncomingMessage, number: number, receivedAt: number): ReceivedRequest => {
  const { origin, 'content-type': contentType, 'x-amz-target': target } = request.headers;
  return {
    number,
    requestId: randomUUID(),
    receivedAt,
    method: request.method ?? '',
    path: (request.url ?? '').replace(/\?.*/, ''),
    target: typeof target === 'string' ? operationOfTarget(target) : null,
    origin: origin ?? null,
    form: null,
    contentType: contentType ?? null,
    bytes: 0,
    eventCount: 0,
    status: 0,
    errorType: null,
    errorMessage: null,
    fault: null,
  };
};

const toErrorAnswer = ({ status, type, message }: AwsError, { hasTypeInBody }: Operation): AwsAnswer => ({
  status,
  errorType: type,
  errorMessage: message,
  body: { ...(hasTypeInBody && { __type: type }), message },
});

const PREFLIGHT: Operation = { run: async () => undefined };

/** Creates a handler that answers requests as AWS does, unless a fault prevents it. */
export const createAwsHandler = ({
  route,
  faults,
  onRequest,
  onAnswer,
  clock,
  now,
}: AwsHandlerOptions): RequestListener => {
  let count = 0;

  /** Reads the body, applies the faults and runs the operation. */
  const process = async (request: IncomingMessage, received: ReceivedRequest, operation: Operation) => {
    let effect: FaultEffect = { kind: null };
    let call: Call | undefined;
    try {
      const body = await readBody(request);
      received.bytes = body.length;
      call = { request, body, received };
      effect = faults.apply(received, body);
      received.fault = effect.kind;
      if (effect.error) throw effect.error;
      const result = effect.lost === 'request' ? undefined : await operation.run(call);
      return { effect, answer: { status: 200, body: result } };
    } catch (thrown) {
      const error = thrown instanceof AwsError ? thrown : new AwsError(500, 'InternalFailure', `${thrown}`);
      if (call && !isTransient(error.status)) operation.reject?.(call, error);
      return { effect, answer: toErrorAnswer(error, operation) };
    }
  };

  return async (request, response) => {
    count++;
    const received = toReceived(request, count, now());
    onRequest(received);
    response.setHeader('date', new Date(clock()).toUTCString());
    response.setHeader('x-amzn-RequestId', received.requestId);
    allowOrigin(request, response);
    const isPreflight = received.method === 'OPTIONS';
    if (isPreflight) allowPost(request, response);
    const operation = isPreflight ? PREFLIGHT : route(received);
    received.form = operation.formOf?.(request) ?? null;
    const { effect, answer } = await process(request, received, operation);
    await effect.until;
    if (effect.lost) resetConnection(response);
    else {
      for (const [name, value] of Object.entries(effect.headers ?? {})) response.appendHeader(name, value);
      received.status = answer.status;
      received.errorType = answer.errorType ?? null;
      received.errorMessage = answer.errorMessage ?? null;
      sendAnswer(response, answer, operation.contentType);
    }
    onAnswer(received);
  };
};
