/** More than a process has servers to call or names to be called by; little enough to be forgotten at no cost. */
const CAPACITY = 256;

/** Strangers choose some of these texts: a long one is not worth the memory. */
const MAX_LENGTH = 256;

/** A pure function of a text that comes again and again, computed once for each. */
export function remembered<Result>(compute: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = compute(text);
    if (text.length <= MAX_LENGTH) {
      if (results.size >= CAPACITY) results.clear();
      results.set(text, result);
    }
    return result;
  };
}
