/**
 * Lets the reference's front page link to what the entries export by its name alone, as comments of the entries can. What
 * none of them exports stays unknown, and fails the run.
 *
 * @param {import('typedoc').Application} app
 */
export function load(app) {
  app.converter.addUnknownSymbolResolver(({ symbolReference }, from) => {
    const name = symbolReference?.path?.at(-1)?.path;
    if (!from.isProject() || name === undefined) return undefined;
    const target = from.children?.map((entry) => entry.getChildByName([name])).find((found) => found !== undefined);
    return target && { target, caption: name };
  });
}
