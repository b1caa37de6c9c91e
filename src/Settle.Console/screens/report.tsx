import type { ComponentChildren } from "preact";
import { fileHref, here } from "../api/client";
import { useLoad } from "../api/load";
import { ProblemBox } from "../parts/problemBox";
import { Empty, Table, type Column } from "../parts/table";
import { t } from "../texts/texts";

interface Props<R, T> {
  /** Its name in the API. */
  kind: string;
  title: string;
  query: Record<string, string>;
  filters?: ComponentChildren;
  read: () => Promise<R>;
  rows: (report: R) => T[];
  columns: (report: R) => Column<T>[];
  keyOf: (row: T) => string;
  sums?: (report: R) => ComponentChildren;
}

/** A report with its sums, and as a file of the server's own making. */
export function Report<R, T>(props: Props<R, T>) {
  const { data, problem, reload } = useLoad(
    `report/${here().ledger}/${props.kind}/${JSON.stringify(props.query)}`,
    props.read,
  );
  const rows = data ? props.rows(data) : [];
  return (
    <section class="card">
      <div class="tools">
        {props.filters}
        <a
          class="button quiet end"
          download={`${here().ledger}-${props.kind}.csv`}
          href={fileHref(["reports", props.kind], { ...props.query, format: "csv" })}
        >
          CSV
        </a>
      </div>
      {problem ? <ProblemBox problem={problem} retry={reload} /> : null}
      {data ? props.sums?.(data) : null}
      {data && rows.length > 0 ? (
        <Table title={props.title} columns={props.columns(data)} rows={rows} keyOf={props.keyOf} />
      ) : null}
      {data && rows.length === 0 ? <Empty>{t().nothingHere}</Empty> : null}
      {!data && !problem ? (
        <p class="loading" role="status">
          {t().loading}
        </p>
      ) : null}
    </section>
  );
}
