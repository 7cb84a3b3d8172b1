import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Thrift } from 'thriftrw';

export type JaegerTags = Readonly<Record<string, string | number | boolean>>;

export interface JaegerSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** All zeros for a root. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly durationMicros: number;
  readonly tags: JaegerTags;
}

export interface JaegerBatch {
  readonly service: string;
  readonly spans: readonly JaegerSpan[];
}

interface ThriftTag {
  readonly key: string;
  readonly vType: string;
  readonly vStr: string;
  readonly vDouble: number;
  readonly vBool: boolean;
}

/** As in jaeger.thrift; thriftrw gives 64-bit integers as their eight bytes. */
interface ThriftBatch {
  readonly process: { readonly serviceName: string };
  readonly spans: readonly {
    readonly traceIdLow: Buffer;
    readonly traceIdHigh: Buffer;
    readonly spanId: Buffer;
    readonly parentSpanId: Buffer;
    readonly operationName: string;
    readonly duration: Buffer;
    readonly tags: readonly ThriftTag[];
  }[];
}

const idl = join(dirname(require.resolve('jaeger-client/package.json')), 'dist/src/jaeger-idl/thrift/jaeger.thrift');
const batchType = new Thrift({ source: readFileSync(idl, 'utf8'), allowOptionalArguments: true }).getType('Batch');

/** @throws where the bytes are not a batch in Thrift's binary protocol */
export function decodeBatch(bytes: Buffer): JaegerBatch {
  // The cast: thriftrw has just read the bytes as the IDL's Batch.
  const batch = batchType.fromBuffer(bytes) as ThriftBatch;
  return {
    service: batch.process.serviceName,
    spans: batch.spans.map((span) => ({
      traceId: span.traceIdHigh.toString('hex') + span.traceIdLow.toString('hex'),
      spanId: span.spanId.toString('hex'),
      parentSpanId: span.parentSpanId.toString('hex'),
      name: span.operationName,
      durationMicros: Number(span.duration.readBigInt64BE()),
      tags: Object.fromEntries(span.tags.map((tag) => [tag.key, tagValue(tag)])),
    })),
  };
}

function tagValue({ key, vType, vStr, vDouble, vBool }: ThriftTag): string | number | boolean {
  switch (vType) {
    case 'STRING':
      return vStr;
    case 'DOUBLE':
      return vDouble;
    case 'BOOL':
      return vBool;
    default:
      throw new Error(`the tag ${key} has the unexpected type ${vType}`);
  }
}
