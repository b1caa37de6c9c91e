import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useLoad } from "../api/load";
import { asProblem, type Problem } from "../api/problem";
import { address, param, withQuery } from "../app/router";
import { t } from "../texts/texts";
import { save, toCsv } from "./csv";
import { ProblemBox } from "./problemBox";
import { Empty, Table, type Column } from "./table";

export interface Page<T> {
  items: T[];
  next: string | null;
}

interface Props<T> {
  /** What is listed; the CSV file has this name. */
  name: string;
  title: string;
  columns: Column<T>[];
  keyOf: (row: T) => string;
  /** One page, of what the address says. */
  read: (limit: number, after: string | undefined) => Promise<Page<T>>;
  filters?: ComponentChildren;
  empty?: ComponentChildren;
  isSoft?: (row: T) => boolean;
  limit?: number;
  /** Below the heading of a page, or as a part of one. */
  isPart?: boolean;
}

const PageSize = 50;
const CsvPage = 1000;
const CsvMax = 200_000;

/** A list in pages, with its filters in the address, and as CSV. */
export function List<T>(props: Props<T>) {
  const after = param("after") || undefined;
  const query = new URLSearchParams(address.value.query);
  for (const other of ["do", "view"]) query.delete(other);
  const key = [props.name, address.value.ledger, ...address.value.path, query].join("/");
  const { data, problem, isLoading, reload } = useLoad(key, () =>
    props.read(props.limit ?? PageSize, after),
  );
  return (
    <section class="card" aria-busy={isLoading}>
      <div class="tools">
        {props.filters}
        {data && data.items.length > 0 ? <CsvButton {...props} /> : null}
      </div>
      {problem ? <ProblemBox problem={problem} retry={reload} /> : null}
      {data && data.items.length > 0 ? (
        <Table
          title={props.title}
          columns={props.columns}
          rows={data.items}
          keyOf={props.keyOf}
          {...(props.isSoft ? { isSoft: props.isSoft } : {})}
        />
      ) : null}
      {data && data.items.length === 0 ? <Empty>{props.empty}</Empty> : null}
      {isLoading ? (
        <p class="loading" role="status">
          {t().loading}
        </p>
      ) : null}
      {after || data?.next ? (
        <nav class="pages" aria-label={t().pages}>
          {after ? <a href={withQuery({ after: null })}>{t().firstPage}</a> : <span />}
          {data?.next ? <a href={withQuery({ after: data.next })}>{t().nextPage}</a> : <span />}
        </nav>
      ) : null}
    </section>
  );
}

function CsvButton<T>({ name, columns, read }: Props<T>) {
  const [state, set] = useState<"idle" | "reading" | Problem>("idle");
  async function make(): Promise<void> {
    set("reading");
    try {
      const rows: T[] = [];
      let after: string | undefined;
      do {
        const page = await read(CsvPage, after);
        rows.push(...page.items);
        after = page.next ?? undefined;
      } while (after && rows.length < CsvMax);
      save(`${address.value.ledger}-${name}.csv`, toCsv(columns, rows), "text/csv;charset=utf-8");
      set("idle");
    } catch (e) {
      set(asProblem(e));
    }
  }
  return (
    <>
      <button
        type="button"
        class="quiet end"
        disabled={state === "reading"}
        onClick={() => void make()}
      >
        {state === "reading" ? t().loading : "CSV"}
      </button>
      {typeof state === "object" ? <ProblemBox problem={state} /> : null}
    </>
  );
}
