import { api, ask, fileHref, here, type Schemas } from "../api/client";
import { useLoad } from "../api/load";
import { param, to } from "../app/router";
import { isMounted, may } from "../api/session";
import { DaysFilter } from "../parts/filters";
import { country, day } from "../parts/format";
import { InvoiceLink } from "../parts/links";
import { Money } from "../parts/money";
import { Card, DoLink, Facts, Page } from "../parts/page";
import { ProblemBox } from "../parts/problemBox";
import { closeSheet, Sheet } from "../parts/sheet";
import { Empty, Table } from "../parts/table";
import { WriteForm } from "../parts/writeForm";
import { t, word } from "../texts/texts";
import { CustomerForm } from "./customerForm";
import { PaymentForm } from "./paymentForm";
import { ChargeForm, ChargeList } from "./charges";

type Customer = Schemas["Customer"];

export function CustomerScreen({ name }: { name: string }) {
  const { data, problem, reload } = useLoad(`customer/${here().ledger}/${name}`, () =>
    ask(
      api.GET("/v1/ledgers/{ledger}/customers/{customer}", {
        params: { path: { ...here(), customer: name } },
      }),
    ),
  );
  const done = () => {
    closeSheet();
    reload();
  };
  return (
    <Page
      title={data?.party?.name ?? name}
      above={{ href: to(["customers"]), text: t().customers }}
      actions={
        <>
          {may("admin") && data?.party ? (
            <DoLink role="admin" sheet="erase">
              {t().erase}
            </DoLink>
          ) : null}
          <DoLink role="teller" sheet="edit">
            {t().edit}
          </DoLink>
          <DoLink role="teller" sheet="charge">
            {t().newCharge}
          </DoLink>
          <DoLink role="teller" sheet="pay" isMain>
            {t().recordPayment}
          </DoLink>
        </>
      }
    >
      {problem ? <ProblemBox problem={problem} retry={reload} /> : null}
      {data ? <CustomerFacts customer={data} /> : null}
      <Account name={name} />
      <ChargeList customer={name} />
      {data ? (
        <Sheet name="edit" title={t().edit}>
          <CustomerForm customer={data} onDone={done} />
        </Sheet>
      ) : null}
      {data ? (
        <Sheet name="pay" title={t().recordPayment}>
          <PaymentForm customer={name} onDone={done} />
        </Sheet>
      ) : null}
      {data ? (
        <Sheet name="charge" title={t().newCharge}>
          <ChargeForm customer={name} onDone={done} />
        </Sheet>
      ) : null}
      <Sheet name="erase" title={t().erase}>
        <p>{t().eraseHint}</p>
        <WriteForm
          name={`erase/${name}`}
          action={t().erase}
          isDanger
          fields={[]}
          onCancel={closeSheet}
          send={async () => {
            await ask(
              api.DELETE("/v1/ledgers/{ledger}/customers/{customer}", {
                params: { path: { ...here(), customer: name } },
              }),
            );
          }}
          onDone={done}
        />
      </Sheet>
    </Page>
  );
}

function CustomerFacts({ customer }: { customer: Customer }) {
  const { party } = customer;
  return (
    <Card>
      <Facts
        facts={[
          [t().customer, <bdi>{customer.customer}</bdi>],
          [
            t().address,
            party ? (
              <bdi>
                {[party.street, [party.postal_code, party.city].filter(Boolean).join(" ")]
                  .filter(Boolean)
                  .join(", ")}
              </bdi>
            ) : (
              t().erased
            ),
          ],
          [t().country, country(customer.country)],
          [t().email, party?.email ? <bdi>{party.email}</bdi> : null],
          [t().vatId, party?.vat_id],
          [t().taxTreatment, word(customer.treatment)],
          [t().termsDays, String(customer.terms_days)],
        ]}
      />
    </Card>
  );
}

function Account({ name }: { name: string }) {
  const [from, until] = [param("from"), param("to")];
  const days = { ...(from ? { from } : {}), ...(until ? { to: until } : {}) };
  const { data, problem, reload } = useLoad(
    `statement/${here().ledger}/${name}/${from}/${until}`,
    () =>
      ask(
        api.GET("/v1/ledgers/{ledger}/customers/{customer}/statement", {
          params: { path: { ...here(), customer: name }, query: days },
        }),
      ),
  );
  const asset = data?.asset;
  const owed: [string, number][] = data
    ? [
        [t().current, data.ageing.current],
        [t().days30, data.ageing.days30],
        [t().days60, data.ageing.days60],
        [t().days90, data.ageing.days90],
        [t().older, data.ageing.older],
      ]
    : [];
  return (
    <section class="card">
      <div class="head">
        <h2>{t().statement}</h2>
      </div>
      <div class="tools">
        <DaysFilter />
        {isMounted ? null : (
          <a
            class="button quiet end"
            target="_blank"
            rel="noopener"
            href={fileHref(["customers", name, "statement.pdf"], days)}
          >
            {t().statementPdf}
          </a>
        )}
      </div>
      {problem ? <ProblemBox problem={problem} retry={reload} /> : null}
      {data ? (
        <dl class="tiles dense">
          <div>
            <dt>{t().owed}</dt>
            <dd>
              <Money minor={data.closing} asset={asset} />
            </dd>
          </div>
          {owed.map(([title, minor]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>
                <Money minor={minor} asset={asset} isBare />
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p class="loading">{t().loading}</p>
      )}
      {data?.lines.length === 0 ? <Empty>{t().nothingHere}</Empty> : null}
      {data?.lines.length ? (
        <Table
          title={t().statement}
          rows={data.lines}
          keyOf={(line) => `${line.kind} ${line.number} ${line.date}`}
          columns={[
            {
              title: t().date,
              show: (line) => (
                <>
                  {day(line.date)}
                  {line.due ? <span class="small">{t().dueOn(day(line.due))}</span> : null}
                </>
              ),
            },
            { title: t().kind, show: (line) => word(line.kind) },
            {
              title: t().number,
              show: (line) =>
                ["invoice", "credit_note", "deposit"].includes(line.kind) ? (
                  <InvoiceLink name={line.number} />
                ) : (
                  <bdi class="name">{line.number}</bdi>
                ),
            },
            {
              title: t().amount,
              isNumber: true,
              show: (line) => <Money minor={line.amount} asset={asset} isBare />,
            },
            {
              title: t().balance,
              isNumber: true,
              show: (line) => <Money minor={line.balance} asset={asset} />,
            },
          ]}
        />
      ) : null}
    </section>
  );
}
