import { Echo } from '../../tools/echo.js';

/** A message as gRPC has it on the wire, not compressed, for a client that speaks HTTP/2 by hand. */
export function frame(text: string): Buffer {
  const message = Echo.service.Unary.requestSerialize({ text });
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}
