import {
  baggageEntryMetadataFromString,
  propagation,
  type Baggage,
  type BaggageEntry,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { listText, trimOws } from './header-text.js';
import { isTracingSuppressed } from './suppression.js';
import { decodeKey, decodeValue, encodeKey, encodeProperties, encodeValue, isToken } from './w3c-baggage-codec.js';

const BAGGAGE = 'baggage';

// 180 members by W3C Baggage's grammar (3.2.1), 8,192 bytes in all (3.2.2); 4,096 bytes a member as in its earlier drafts
// and in the OpenTelemetry SDKs.
const MAX_MEMBERS = 180;
const MAX_MEMBER_LENGTH = 4096;
const MAX_LENGTH = 8192;

const UNTRIMMED = /[ \t]|^;|;;|;$/;

/** White space around properties, their keys and their values is no part of them (W3C Baggage, 3.2.1.4). */
function trimProperties(text: string): string {
  if (!UNTRIMMED.test(text)) return text;
  return text
    .split(';')
    .map((property) => property.split('=').map(trimOws).join('='))
    .filter((property) => property !== '')
    .join(';');
}

function parseMember(member: string): [string, BaggageEntry] | undefined {
  const semicolon = member.indexOf(';');
  const pair = semicolon === -1 ? member : member.slice(0, semicolon);
  const equals = pair.indexOf('=');
  if (equals <= 0) return undefined;
  const key = trimOws(pair.slice(0, equals));
  if (!isToken(key)) return undefined;
  const value = decodeValue(trimOws(pair.slice(equals + 1)));
  const properties = semicolon === -1 ? '' : trimProperties(member.slice(semicolon + 1));
  return [
    decodeKey(key),
    properties === '' ? { value } : { value, metadata: baggageEntryMetadataFromString(properties) },
  ];
}

/** The entries of a list, within the limits; `undefined` where there are none. */
function parseBaggage(list: string): Baggage | undefined {
  // Without a prototype, so that the key `__proto__` is a key like any other.
  const entries = Object.create(null) as Record<string, BaggageEntry>;
  let count = 0;
  let length = 0;
  for (let start = 0; start < list.length && count < MAX_MEMBERS;) {
    const comma = list.indexOf(',', start);
    const end = comma === -1 ? list.length : comma;
    const parsed = end - start <= MAX_MEMBER_LENGTH ? parseMember(list.slice(start, end)) : undefined;
    if (parsed !== undefined) {
      length += end - start + (count === 0 ? 0 : 1);
      if (length > MAX_LENGTH) break;
      entries[parsed[0]] = parsed[1];
      count++;
    }
    start = end + 1;
  }
  return count === 0 ? undefined : propagation.createBaggage(entries);
}

function serializeMember(key: string, entry: BaggageEntry): string {
  const member = `${encodeKey(key)}=${encodeValue(entry.value)}`;
  const properties = entry.metadata === undefined ? '' : encodeProperties(trimProperties(entry.metadata.toString()));
  return properties === '' ? member : `${member};${properties}`;
}

/** Members that do not fit are left out whole (W3C Baggage, 3.2.2); smaller ones after them still go. */
function serializeBaggage(baggage: Baggage): string {
  let list = '';
  let count = 0;
  for (const [key, entry] of baggage.getAllEntries()) {
    if (count === MAX_MEMBERS) break;
    if (key === '') continue;
    const member = serializeMember(key, entry);
    if (member.length > MAX_MEMBER_LENGTH) continue;
    count++;
    const longer = list === '' ? member : `${list},${member}`;
    if (longer.length <= MAX_LENGTH) list = longer;
  }
  return list;
}

/** `baggage`, W3C Baggage. */
export const w3cBaggagePropagator: TextMapPropagator = {
  inject(context, carrier, setter) {
    const baggage = propagation.getBaggage(context);
    if (baggage === undefined || isTracingSuppressed(context)) return;
    const list = serializeBaggage(baggage);
    if (list !== '') setter.set(carrier, BAGGAGE, list);
  },

  extract(context, carrier, getter) {
    const baggage = parseBaggage(listText(getter.get(carrier, BAGGAGE)));
    return baggage === undefined ? context : propagation.setBaggage(context, baggage);
  },

  fields: () => [BAGGAGE],
};
