/**
 * What an environment variable opts in to, a list of words between commas: the earlier choice of these that stands in the list
 * wins, wherever it stands there.
 */
export function optedIn<Choice>(variable: string, choices: readonly (readonly [string, Choice])[]): Choice | undefined {
  const words = (process.env[variable] ?? '').split(',').map((word) => word.trim());
  return choices.find(([word]) => words.includes(word))?.[1];
}
