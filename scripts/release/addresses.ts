/** What package.json says of where the package lives, as far as it says it. */
export interface Addresses {
  readonly repository?: { readonly type?: string; readonly url?: string };
  readonly homepage?: string;
  readonly bugs?: { readonly url?: string };
}

/** What package.json must say, by the names that `npm pkg set` takes, where the repository is at this address. */
export function addressesAt(repository: string): Readonly<Record<string, string>> {
  return {
    'repository.type': 'git',
    'repository.url': `git+${repository}.git`,
    homepage: `${repository}#readme`,
    'bugs.url': `${repository}/issues`,
  };
}

/** What package.json says, by the same names. */
export function addressesIn({ repository, homepage, bugs }: Addresses): Readonly<Record<string, string | undefined>> {
  return {
    'repository.type': repository?.type,
    'repository.url': repository?.url,
    homepage,
    'bugs.url': bugs?.url,
  };
}
