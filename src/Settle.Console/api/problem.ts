/** What the server says is wrong, in its own sentence. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly field: string | null = null,
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }

  /** Whether the same request may be sent again: nothing was decided, or nobody knows. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }

  /** Whether it may have been decided all the same. */
  get isUnknown(): boolean {
    return (
      this.status === 0 ||
      this.code === "outcome_unknown" ||
      this.code === "timeout" ||
      (this.status >= 500 && this.more.outcome !== "not_applied" && this.code !== "busy")
    );
  }
}

export function problemOf(error: unknown, response: Response): Problem {
  const body = (typeof error === "object" && error !== null ? error : {}) as Record<
    string,
    unknown
  >;
  return new Problem(
    response.status,
    String(body.code ?? "http"),
    String(body.detail ?? body.title ?? `${response.status} ${response.statusText}`),
    typeof body.field === "string" ? body.field : null,
    body,
  );
}

/** What was thrown, as a problem; what no answer came to is status 0. */
export const asProblem = (thrown: unknown): Problem =>
  thrown instanceof Problem ? thrown : new Problem(0, "unreachable", String(thrown));
