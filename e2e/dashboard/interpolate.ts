/** What is chosen for a variable: the one pattern that stands for all, or values. */
export type Choice = { readonly pattern: string } | { readonly values: readonly string[] };

/** By the name of the variable. */
export type Choices = ReadonlyMap<string, Choice>;

/**
 * A text of a dashboard with its variables replaced, as Grafana's data source for Prometheus does it with variables of which
 * several values may be chosen: they are escaped for a regular expression within a string of PromQL.
 *
 * @throws for a variable that there is not
 */
export function interpolate(text: string, choices: Choices): string {
  return text.replaceAll(/\$(?:(\w+)|\{(\w+)\})/g, (whole, plain?: string, braced?: string) => {
    const choice = choices.get(plain ?? braced ?? '');
    if (choice === undefined) throw new Error(`no variable ${whole} for ${text}`);
    if ('pattern' in choice) return choice.pattern;
    const escaped = choice.values.map(inRegularExpression);
    return escaped.length === 1 ? escaped.join('') : `(${escaped.join('|')})`;
  });
}

function inRegularExpression(value: string): string {
  return value.replaceAll('\\', '\\\\\\\\').replaceAll(/[$^*{}[\]'+?.()|]/g, '\\\\$&');
}
