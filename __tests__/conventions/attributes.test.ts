import type { Attributes } from '@opentelemetry/api';
import { addPeer, addServer, exceptionAttributes, messageAttributes } from '../../lib/conventions/attributes.js';
import type { Address } from '../../lib/rpc/target.js';

function added(add: (attributes: Attributes, address: Address) => void, address: Address): Attributes {
  const attributes = {};
  add(attributes, address);
  return attributes;
}

it.each<[what: string, attributes: Attributes, expected: Attributes]>([
  ['a server', added(addServer, { address: 'a', port: 0 }), { 'server.address': 'a', 'server.port': 0 }],
  ['a server without a port', added(addServer, { address: 'a' }), { 'server.address': 'a' }],
  ['a peer', added(addPeer, { address: 'a', port: 0 }), { 'network.peer.address': 'a', 'network.peer.port': 0 }],
  ['a peer without a port', added(addPeer, { address: 'a' }), { 'network.peer.address': 'a' }],
  ['a message', messageAttributes(0, 0), { 'sequence-number': 0, 'message-size': 0 }],
  ['a message of unknown size', messageAttributes(1, undefined), { 'sequence-number': 1 }],
  ['an exception', exceptionAttributes(5, ''), { 'exception.type': 'NOT_FOUND', 'exception.message': '' }],
])('what is not known has no key: %s', (_what, attributes, expected) => {
  expect(attributes).toStrictEqual(expected);
});
