/** What tells spans apart that did not end well, also where there is no colour. */
export const MARKS = { failed: '✗', cancelled: '⊘' } as const;

export type Mark = keyof typeof MARKS;

/** A caller that cancels gets an error, but nothing failed. */
export function markOf({ status, failed }: { readonly status: string; readonly failed: boolean }): Mark | undefined {
  if (status === 'CANCELLED') return 'cancelled';
  return failed ? 'failed' : undefined;
}

/** The status behind its mark. */
export function markedStatus(row: { readonly status: string; readonly failed: boolean }): string {
  const mark = markOf(row);
  return mark === undefined ? row.status : `${MARKS[mark]} ${row.status}`;
}
