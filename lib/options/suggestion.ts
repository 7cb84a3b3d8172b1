/**
 * What options of other libraries do, by what their names have in common: OpenTelemetry's instrumentations, otelgrpc and
 * otelhttp, Kratos. The first that fits counts.
 */
const ELSEWHERE: Readonly<Record<string, RegExp>> = {
  filter: /^(ignore|enabled|disable)/,
  captureMetadata: /tospan/,
  startHook: /requesthook|spanname/,
  endHook: /responsehook|^apply/,
  attributes: /ingspanhook|span.*options/,
  messageEvents: /(received|sent)event/,
  'trustIncoming, the opposite': /publicendpoint/,
  isError: /errorcodes/,
  tracerProvider: /^(provider|tracer)$/,
  meterProvider: /^meter$/,
  "the SDK's sampler": /requireparent|sampler/,
  "the SDK's resource": /servicename|resource/,
};

/** What a user is likely to mean by an option that there is not; empty where that is anyone's guess. */
export function suggestionFor(key: string, options: readonly string[]): string {
  const written = key.toLowerCase();
  const use = Object.keys(ELSEWHERE).find((here) => ELSEWHERE[here]?.test(written));
  if (use !== undefined) return `: use ${use}`;
  // `metricAttributes` stands behind `attributes`, and has that in it.
  const meant = options.filter((option) => isLike(written, option.toLowerCase())).at(-1);
  if (meant === undefined) return '';
  return meant === key ? ', which the other side has' : `, did you mean '${meant}'?`;
}

/**
 * Whether a name has the option's in it, as `withPropagators` has, or is that but for a letter: another, one more, one less, or
 * one before its neighbour.
 */
function isLike(name: string, option: string): boolean {
  let same = 0;
  while (same < option.length && name[same] === option[same]) same++;
  const [rest, expected] = [name.slice(same), option.slice(same)];
  return (
    name.includes(option) ||
    rest === expected.slice(1) ||
    rest.slice(1) === expected ||
    rest.slice(1) === expected.slice(1) ||
    (rest.slice(2) === expected.slice(2) && rest[0] === expected[1] && rest[1] === expected[0])
  );
}
