import type { status } from '@grpc/grpc-js';
import type { Attributes } from '@opentelemetry/api';
import { inspect } from 'node:util';
import type { RpcSide } from '../rpc/rpc-info.js';
import { codeName } from '../rpc/status.js';
import { attributeDifferences, difference } from './differences.js';
import type { RecordedSpan } from './recorded-span.js';
import { tracedCall, type TracedCall } from './traced-call.js';

/**
 * What the span of a call is expected to say. What is left out is not compared.
 *
 * @category Assert
 */
export interface ExpectedCall {
  /** Service and method: `helloworld.Greeter/SayHello`; one slash before it is allowed. */
  readonly method: string;
  /** Which side's span: the caller's or the handler's. */
  readonly side?: RpcSide;
  /** How the call ended: `'NOT_FOUND'` or `grpc.status.NOT_FOUND`. */
  readonly code?: number | keyof typeof status;
  /** The span's name. It is the method, unless a hook changed it. */
  readonly name?: string;
  /** Attributes that the span must have, with exactly these values; it may have others. */
  readonly attributes?: Attributes;
}

/** The spans of a method's calls, on the expected side if there is one. */
export function spansOfMethod(spans: readonly RecordedSpan[], expected: ExpectedCall): RecordedSpan[] {
  const method = fullMethodOf(expected);
  return spans.filter((span) => {
    const call = tracedCall(span);
    return call?.method === method && (expected.side ?? call.side) === call.side;
  });
}

/**
 * The spans that are as expected, in the order given.
 *
 * @category Assert
 *
 * @example
 * ```ts
 * const failed = callsIn(spans, { method: 'helloworld.Greeter/SayHello', side: 'server', code: 'UNAVAILABLE' });
 * assert.equal(failed.length, 3);
 * ```
 *
 * @throws TypeError if the method has no service.
 */
export function callsIn(spans: readonly RecordedSpan[], expected: ExpectedCall): RecordedSpan[] {
  return spansOfMethod(spans, expected).filter((span) => differences(span, expected).length === 0);
}

/** What a span of the method says otherwise than expected, a phrase for each. */
export function differences(span: RecordedSpan, expected: ExpectedCall): string[] {
  return [
    ...(expected.code === undefined ? [] : difference('code', tracedCall(span)?.code, nameOf(expected.code))),
    ...(expected.name === undefined ? [] : difference('name', span.name, expected.name)),
    ...attributeDifferences(span.attributes, expected.attributes ?? {}),
  ];
}

/** `a client span of helloworld.Greeter/SayHello { code: 'OK' }` */
export function describeExpected(expected: ExpectedCall): string {
  const { side, code, name, attributes } = expected;
  const rest = {
    ...(code !== undefined && { code: nameOf(code) }),
    ...(name !== undefined && { name }),
    ...(attributes !== undefined && { attributes }),
  };
  const details = Object.keys(rest).length === 0 ? '' : ` ${inspect(rest, { breakLength: Infinity })}`;
  return `${side === undefined ? 'span' : `${side} span`} of ${fullMethodOf(expected)}${details}`;
}

function nameOf(code: number | string): TracedCall['code'] {
  return typeof code === 'number' ? codeName(code) : code;
}

function fullMethodOf({ method }: ExpectedCall): string {
  const fullMethod = method.startsWith('/') ? method.slice(1) : method;
  // A bare name would never be found, and so never be missed where no span is expected.
  if (!fullMethod.includes('/')) throw new TypeError(`expected 'package.Service/Method', got ${inspect(method)}`);
  return fullMethod;
}
