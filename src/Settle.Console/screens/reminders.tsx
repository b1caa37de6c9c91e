import { useState } from "preact/hooks";
import { api, ask, here, type Schemas } from "../api/client";
import { param } from "../app/router";
import { asProblem, type Problem } from "../api/problem";
import { SearchFilter } from "../parts/filters";
import { count, day } from "../parts/format";
import { CustomerLink, InvoiceLink } from "../parts/links";
import { List } from "../parts/list";
import { Money } from "../parts/money";
import { DoLink, Page } from "../parts/page";
import { ProblemBox } from "../parts/problemBox";
import { closeSheet, Sheet } from "../parts/sheet";
import type { Column } from "../parts/table";
import { WriteForm } from "../parts/writeForm";
import { t } from "../texts/texts";
import { Papers } from "./invoices";
import { Parked } from "./runParts";

type Reminder = Schemas["Reminder"];

const columns = (): Column<Reminder>[] => [
  {
    title: t().number,
    csv: (each) => each.number,
    show: (each) => <bdi class="name">{each.number}</bdi>,
  },
  {
    title: t().date,
    csv: (each) => each.date,
    show: (each) => (
      <>
        {day(each.date)}
        <span class="small">{t().dueOn(day(each.due))}</span>
      </>
    ),
  },
  {
    title: t().customer,
    csv: (each) => each.customer,
    show: (each) => <CustomerLink name={each.customer} />,
  },
  {
    title: t().level,
    isNumber: true,
    csv: (each) => each.level,
    show: (each) => count(each.level),
  },
  {
    title: t().invoices,
    show: (each) =>
      each.invoices.map((one, i) => (
        <span key={one.number}>
          {i ? ", " : ""}
          <InvoiceLink name={one.number} />
        </span>
      )),
  },
  {
    title: t().amount,
    isNumber: true,
    show: (each) => <Money minor={each.total} asset={each.asset} />,
  },
  {
    title: t().files,
    show: (each) =>
      each.number ? <Papers list="reminders" number={each.number} hasXml={false} /> : null,
  },
];

export function RemindersScreen() {
  return (
    <Page
      title={t().reminders}
      actions={
        <DoLink role="teller" sheet="run" isMain>
          {t().remind}
        </DoLink>
      }
    >
      <List
        name="reminders"
        title={t().reminders}
        columns={columns()}
        keyOf={(each) => each.number}
        empty={t().noReminders}
        filters={<SearchFilter name="customer" label={t().customer} />}
        read={(limit, after) =>
          ask(
            api.GET("/v1/ledgers/{ledger}/reminders", {
              params: {
                path: here(),
                query: {
                  limit,
                  ...(after ? { after } : {}),
                  ...(param("customer") ? { customer: param("customer") } : {}),
                },
              },
            }),
          )
        }
      />
      <Sheet name="run" title={t().remind}>
        <RemindForm />
      </Sheet>
    </Page>
  );
}

function RemindForm() {
  const [run, setRun] = useState<Schemas["ReminderRun"] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const preview = () => {
    ask(
      api.POST("/v1/ledgers/{ledger}/reminder-runs", {
        params: { path: here() },
        body: { dry_run: true },
      }),
    ).then(setRun, (e: unknown) => setProblem(asProblem(e)));
  };
  return (
    <>
      <p class="soft">{t().remindHint}</p>
      {run ? (
        <p role="status">{t().wouldRemind(count(run.reminders.length))}</p>
      ) : (
        <button type="button" onClick={preview}>
          {t().preview}
        </button>
      )}
      {problem ? <ProblemBox problem={problem} /> : null}
      {run ? <Parked parked={run.parked} /> : null}
      {run && run.reminders.length > 0 ? (
        <WriteForm
          name="remind"
          action={t().remind}
          fields={[]}
          onCancel={closeSheet}
          onDone={closeSheet}
          send={async (_, id) => {
            await ask(
              api.POST("/v1/ledgers/{ledger}/reminder-runs", {
                params: { path: here() },
                body: { id },
              }),
            );
          }}
        />
      ) : null}
    </>
  );
}
