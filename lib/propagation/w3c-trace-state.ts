import type { TraceState } from '@opentelemetry/api';
import { listText, trimOws } from './header-text.js';

// Section numbers are those of W3C Trace Context Level 2.
const MAX_MEMBERS = 32; // 3.3.2
const MAX_LENGTH = 512; // 3.3.3.1: the least that must be propagated, and the most that the API parses
const LONG_MEMBER = 128; // 3.3.3.1: members above this go first
const KEY = /^[a-z0-9][a-z0-9_*/@-]{0,255}$/; // 3.3.2.2.1
const VALUE = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

/** The valid members in their order; of a repeated key the leftmost, which is the latest (3.3.3). */
function readMembers(list: string): string[] {
  const members: string[] = [];
  const keys = new Set<string>();
  let start = 0;
  while (start < list.length && members.length < MAX_MEMBERS) {
    const comma = list.indexOf(',', start);
    const end = comma === -1 ? list.length : comma;
    const member = trimOws(list.slice(start, end));
    start = end + 1;
    const equals = member.indexOf('=');
    const key = member.slice(0, Math.max(equals, 0));
    if (keys.has(key) || !KEY.test(key) || !VALUE.test(member.slice(equals + 1))) continue;
    keys.add(key);
    members.push(member);
  }
  return members;
}

function lengthOf(members: readonly string[]): number {
  return members.reduce((sum, member) => sum + member.length, Math.max(members.length - 1, 0));
}

/** Drops whole members until the list fits: first the long ones, then from the end (3.3.3.1). */
function truncate(members: string[]): string[] {
  let length = lengthOf(members);
  if (length <= MAX_LENGTH) return members;
  // Of the long ones, too, the last goes first: the leftmost member is the caller's own.
  const kept = [...members];
  for (const droppable of [(member: string) => member.length > LONG_MEMBER, () => true]) {
    for (let i = kept.length - 1; i >= 0 && length > MAX_LENGTH; i--) {
      const member = kept[i];
      if (member === undefined || !droppable(member)) continue;
      kept.splice(i, 1);
      length -= member.length + 1;
    }
  }
  return kept;
}

/**
 * A `tracestate` that may be sent: valid members only, no key twice, at most 32 members and 512 characters; empty where
 * nothing is left. Order and leading spaces of values are kept.
 */
export function normalizeTraceState(header: string | string[] | undefined): string {
  return truncate(readMembers(listText(header))).join(',');
}

/**
 * The API's own takes keys of Level 1 only, and would drop what others have sent. Immutable, and as the header has it: who
 * only passes it on never looks inside.
 */
class W3cTraceState implements TraceState {
  /** @param list - normalized */
  constructor(private readonly list: string) {}

  get(key: string): string | undefined {
    return this.members.find((member) => isOf(member, key))?.slice(key.length + 1);
  }

  /** The latest member comes first (3.5). What may not be sent is not taken. */
  set(key: string, value: string): TraceState {
    if (!KEY.test(key) || !VALUE.test(value)) return this;
    const others = this.members.filter((member) => !isOf(member, key));
    return new W3cTraceState(normalizeTraceState([`${key}=${value}`, ...others].join(',')));
  }

  unset(key: string): TraceState {
    return new W3cTraceState(this.members.filter((member) => !isOf(member, key)).join(','));
  }

  serialize(): string {
    return this.list;
  }

  private get members(): readonly string[] {
    return this.list === '' ? [] : this.list.split(',');
  }
}

function isOf(member: string, key: string): boolean {
  return member.startsWith(`${key}=`);
}

/** The trace state of a received `tracestate`, several of them joined in their order (3.3.2). */
export function parseTraceState(header: string | string[] | undefined): TraceState | undefined {
  const list = normalizeTraceState(header);
  return list === '' ? undefined : new W3cTraceState(list);
}
