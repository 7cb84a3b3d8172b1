import { ROOT_CONTEXT } from '@opentelemetry/api';
import { serviceNameOf, ServiceNamePropagator, type ServiceNameOptions } from '../../lib/propagation/service-name.js';
import { contextOf, extract, inject, type Headers } from '../helpers/propagation/text-map.js';

const propagator = new ServiceNamePropagator({ serviceName: 'greeter' });
const read = (header: Headers[string]) => serviceNameOf(extract(propagator, { 'x-md-service-name': header }));

test('writes its own name, whoever called', () => {
  const called = extract(propagator, { 'x-md-service-name': 'caller' });
  expect(serviceNameOf(called)).toBe('caller');
  expect(inject(propagator, called)).toEqual({ 'x-md-service-name': 'greeter' });
  expect(inject(propagator, ROOT_CONTEXT)).toEqual({ 'x-md-service-name': 'greeter' });
});

test.each<[what: string, header: Headers[string], name: string | undefined]>([
  ['a name', 'my service/1.0 (eu)', 'my service/1.0 (eu)'],
  ['one character', 'x', 'x'],
  ['256 characters', 'x'.repeat(256), 'x'.repeat(256)],
  ['the first of several', ['a', 'b'], 'a'],
  ['257 characters', 'x'.repeat(257), undefined],
  ['a megabyte', 'x'.repeat(1_000_000), undefined],
  ['an empty name', '', undefined],
  ['no header', undefined, undefined],
  ['an empty array', [], undefined],
  ['a control character', 'a\u0000b', undefined],
  ['a line break', 'a\nb', undefined],
  ['a line break at the end', 'a\n', undefined],
  ['delete', 'a\u007f', undefined],
  ['an escape sequence', '\u001b[31mred', undefined],
  ['a letter that is not ASCII', 'é', undefined],
  ['a change of direction', 'a\u202eb', undefined],
  ['white space only', '  ', undefined],
  ['white space at the end', 'a ', undefined],
])('reads %s', (_what, header, name) => {
  expect(read(header)).toBe(name);
});

test('what is refused leaves the context as it is', () => {
  const context = contextOf();
  expect(extract(propagator, { 'x-md-service-name': '\u0000' }, context)).toBe(context);
  expect(extract(propagator, {}, context)).toBe(context);
  expect(serviceNameOf(context)).toBeUndefined();
});

test.each<[what: string, options: unknown, shown: string]>([
  ['no options', undefined, 'undefined'],
  ['no name', {}, 'undefined'],
  ['null', { serviceName: null }, 'null'],
  ['a number', { serviceName: 5 }, '5'],
  ['an object', { serviceName: {} }, 'an object'],
  ['an empty name', { serviceName: '' }, '"" (0 characters)'],
  ['a control character', { serviceName: 'a\nb' }, '"a\\nb" (3 characters)'],
  ['a letter that is not ASCII', { serviceName: 'é' }, '"é" (1 characters)'],
  ['white space at an end', { serviceName: ' a' }, '" a" (2 characters)'],
  ['257 characters', { serviceName: 'x'.repeat(257) }, `"${'x'.repeat(256)}" (257 characters)`],
])('refuses %s', (_what, options, shown) => {
  // What a caller in plain JavaScript may pass.
  expect(() => new ServiceNamePropagator(options as ServiceNameOptions)).toThrow(
    new TypeError(
      "ServiceNamePropagator: 'serviceName' must be a string of 1 to 256 printable ASCII characters without white space " +
        `at the ends, got ${shown}`,
    ),
  );
});

test('names its field', () => {
  expect(propagator.fields()).toEqual(['x-md-service-name']);
});
