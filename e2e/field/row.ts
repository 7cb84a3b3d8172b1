/** What one way of using a library has shown. */
export interface Row {
  readonly library: string;
  /** Of the packages that make the difference, as they are installed. */
  readonly versions: string;
  /** Which of our functions does it, or what else carries the context. */
  readonly how: string;
  /** That the application makes. */
  readonly calls: number;
  /** CLIENT spans. */
  readonly client: number;
  /** SERVER spans that are children of what made their call. */
  readonly linked: number;
  /** Whether the application sees the same as without tracing. */
  readonly same: boolean;
  /** Why it is not better, where the reason is outside this package. */
  readonly outside?: string;
}
