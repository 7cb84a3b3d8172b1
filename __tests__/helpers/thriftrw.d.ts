// thriftrw ships no types; this is the part that the tests use.
declare module 'thriftrw' {
  export interface ThriftType {
    /** @throws where the bytes are not this type */
    fromBuffer(bytes: Buffer): unknown;
  }

  export class Thrift {
    constructor(options: { source: string; allowOptionalArguments?: boolean });
    getType(name: string): ThriftType;
  }
}
