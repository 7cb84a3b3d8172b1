import { addressesAt, addressesIn, type Addresses } from './addresses.js';

/** What a release is made of. */
export interface Release {
  /** Of the commit: `v1.2.3`. */
  readonly tag: string;
  readonly version: string;
  readonly changelog: string;
  readonly addresses: Addresses;
  /** Where the source is: `https://host/owner/name`. */
  readonly repository: string;
}

/** Why a release must not be published: nothing, if it may. */
export function releaseFaults({ tag, version, changelog, addresses, repository }: Release): readonly string[] {
  const faults: string[] = [];
  if (tag !== `v${version}`) faults.push(`the tag is ${tag}, but package.json has the version ${version}`);

  const section = sections(changelog).find(({ title }) => title.startsWith(`[${version}]`));
  if (section === undefined) faults.push(`CHANGELOG.md has no section [${version}]`);
  else {
    if (!/^\[.+\] - \d{4}-\d{2}-\d{2}$/.test(section.title)) {
      faults.push(`the heading of CHANGELOG.md's section is '${section.title}', not '[${version}] - YYYY-MM-DD'`);
    }
    if (!/^- /m.test(section.text)) faults.push(`CHANGELOG.md's section [${version}] names no change`);
  }

  const said = addressesIn(addresses);
  for (const [name, address] of Object.entries(addressesAt(repository))) {
    if (said[name] !== address) faults.push(`package.json has ${name}=${said[name] ?? ''}, not ${name}=${address}`);
  }
  return faults;
}

function sections(changelog: string): readonly { readonly title: string; readonly text: string }[] {
  return changelog.split(/^## /m).map((section) => {
    const end = section.indexOf('\n');
    return { title: section.slice(0, Math.max(end, 0)).trim(), text: section.slice(end + 1) };
  });
}
