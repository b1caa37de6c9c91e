import { useState } from "preact/hooks";
import { api, ask, here, type Schemas } from "../api/client";
import { useLoad } from "../api/load";
import { asProblem, type Problem } from "../api/problem";
import { may } from "../api/session";
import { count, day, daysAfter, today } from "../parts/format";
import { BlockLink } from "../parts/links";
import { Money } from "../parts/money";
import { Card, Page } from "../parts/page";
import { ProblemBox } from "../parts/problemBox";
import { Empty, Table } from "../parts/table";
import { useCustomers } from "../parts/suggest";
import { WriteForm, type Values } from "../parts/writeForm";
import { t } from "../texts/texts";
import { InvoiceTable } from "./invoices";
import { Parked } from "./runParts";

type Run = Schemas["InvoiceRun"];

/** The last day of the month before this one: what is usually billed. */
const lastMonth = (): string => daysAfter(`${today().slice(0, 7)}-01`, -1);

const bodyOf = (values: Values): Schemas["InvoiceRunRequest"] => ({
  through: values.through ?? lastMonth(),
  date: values.date ?? today(),
  ...(values.customer ? { customer: values.customer.trim() } : {}),
  ...(values.note ? { note: values.note } : {}),
});

/** Choose, look, confirm, and see what came of it. */
export function RunScreen() {
  const customers = useCustomers();
  const [made, setMade] = useState<Run | null>(null);
  return (
    <Page title={t().invoiceRun}>
      {made ? (
        <Made run={made} again={() => setMade(null)} />
      ) : (
        <section class="card">
          <p class="soft">{t().runHint}</p>
          {may("teller") ? (
            <WriteForm
              name="run"
              action={t().makeInvoices}
              onDone={() => undefined}
              fields={[
                {
                  name: "through",
                  label: t().billThrough,
                  kind: "day",
                  initial: lastMonth(),
                  required: true,
                  hint: t().billThroughHint,
                },
                {
                  name: "date",
                  label: t().invoiceDate,
                  kind: "day",
                  initial: today(),
                  required: true,
                },
                {
                  name: "customer",
                  label: t().onlyCustomer,
                  suggestions: customers,
                },
                { name: "note", label: t().note },
              ]}
              preview={(values) => <Preview values={values} />}
              send={async (values, id) => {
                setMade(
                  await ask(
                    api.POST("/v1/ledgers/{ledger}/invoice-runs", {
                      params: { path: here() },
                      body: { ...bodyOf(values), id },
                    }),
                  ),
                );
              }}
            />
          ) : (
            <Empty>{t().tellerNeeded}</Empty>
          )}
        </section>
      )}
      <Runs />
    </Page>
  );
}

function Preview({ values }: { values: Values }) {
  const [run, setRun] = useState<Run | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [shown, setShown] = useState("");
  const key = JSON.stringify(bodyOf(values));
  const look = () => {
    setProblem(null);
    ask(
      api.POST("/v1/ledgers/{ledger}/invoice-runs", {
        params: { path: here() },
        body: { ...bodyOf(values), dry_run: true },
      }),
    ).then(
      (answer) => {
        setRun(answer);
        setShown(key);
      },
      (e: unknown) => setProblem(asProblem(e)),
    );
  };
  return (
    <div class="run-preview">
      <button type="button" onClick={look}>
        {t().preview}
      </button>
      {problem ? <ProblemBox problem={problem} /> : null}
      {run && shown === key ? (
        <div role="status">
          <Result run={run} />
        </div>
      ) : null}
    </div>
  );
}

function Result({ run }: { run: Run }) {
  const sums = new Map<string, bigint>();
  for (const { asset, amount } of run.invoices) {
    sums.set(asset ?? "", (sums.get(asset ?? "") ?? 0n) + BigInt(amount));
  }
  return (
    <>
      <p>
        {t().invoicesOf(count(run.invoices.length), count(run.charges))}{" "}
        {[...sums].map(([asset, sum]) => (
          <strong key={asset}>
            <Money minor={sum} asset={asset} />{" "}
          </strong>
        ))}
      </p>
      {run.warnings?.map((each) => (
        <p key={each} class="warning">
          <bdi>{each}</bdi>
        </p>
      ))}
      <Parked parked={run.parked} />
      {run.invoices.length ? (
        run.dry_run ? (
          <Table
            title={t().preview}
            rows={run.invoices}
            keyOf={(each) => `${each.number} ${each.customer}`}
            columns={[
              {
                title: t().number,
                show: (each) => <span class="soft">{each.number}</span>,
              },
              {
                title: t().customer,
                show: (each) => <bdi class="name">{each.customer}</bdi>,
              },
              { title: t().due, isRoomy: true, show: (each) => day(each.due) },
              {
                title: t().charges,
                isNumber: true,
                show: (each) => count(each.charges),
              },
              {
                title: t().net,
                isNumber: true,
                isRoomy: true,
                show: (each) => <Money minor={each.net} asset={each.asset} isBare />,
              },
              {
                title: t().amount,
                isNumber: true,
                show: (each) => <Money minor={each.amount} asset={each.asset} />,
              },
            ]}
          />
        ) : (
          <InvoiceTable invoices={run.invoices} />
        )
      ) : (
        <Empty>{t().nothingToInvoice}</Empty>
      )}
    </>
  );
}

const Made = ({ run, again }: { run: Run; again: () => void }) => (
  <Card title={t().runDone}>
    <div role="status">
      <Result run={run} />
    </div>
    <div class="actions">
      <button type="button" onClick={again}>
        {t().anotherRun}
      </button>
    </div>
  </Card>
);

function Runs() {
  const { data } = useLoad(`runs/${here().ledger}`, () =>
    ask(
      api.GET("/v1/ledgers/{ledger}/invoice-runs", {
        params: { path: here(), query: { limit: 24 } },
      }),
    ),
  );
  if (!data?.items.length) return null;
  return (
    <Card title={t().runsBefore}>
      <Table
        title={t().runsBefore}
        rows={data.items}
        keyOf={(each) => each.id}
        columns={[
          { title: t().billThrough, show: (each) => day(each.through) },
          { title: t().invoiceDate, show: (each) => day(each.date) },
          { title: t().invoices, isNumber: true, show: (each) => count(each.invoices) },
          { title: t().charges, isNumber: true, show: (each) => count(each.charges) },
          {
            title: t().block,
            isNumber: true,
            isRoomy: true,
            show: (each) => <BlockLink height={each.block} />,
          },
        ]}
      />
    </Card>
  );
}
