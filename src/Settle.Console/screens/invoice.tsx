import { api, ask, fileHref, here, type Schemas } from "../api/client";
import { useLoad } from "../api/load";
import { isMounted } from "../api/session";
import { go, to } from "../app/router";
import { Badge } from "../parts/badge";
import { day, decimal } from "../parts/format";
import { BlockLink, CustomerLink, InvoiceLink } from "../parts/links";
import { Money } from "../parts/money";
import { Card, DoLink, Facts, Page } from "../parts/page";
import { ProblemBox } from "../parts/problemBox";
import { closeSheet, Sheet } from "../parts/sheet";
import { Table } from "../parts/table";
import { t, word } from "../texts/texts";
import { CreditForm } from "./creditForm";
import { InvoicePaper } from "./invoicePaper";
import { stateOf } from "./invoices";
import { PaymentForm } from "./paymentForm";

export type Invoice = Schemas["Invoice"];

export function InvoiceScreen({ name }: { name: string }) {
  const { data, problem, reload } = useLoad(`invoice/${here().ledger}/${name}`, () =>
    ask(
      api.GET("/v1/ledgers/{ledger}/invoices/{number}", {
        params: { path: { ...here(), number: name } },
      }),
    ),
  );
  const isOpen = data !== null && data.status === "open" && data.kind !== "credit_note";
  const isOwn = data !== null && data.kind !== "opening" && !isMounted;
  const done = () => {
    closeSheet();
    reload();
  };
  return (
    <Page
      title={data ? `${word(data.kind)} ${name}` : name}
      above={{ href: to(["invoices"]), text: t().invoices }}
      actions={
        <>
          {isOwn ? (
            <a
              class="button"
              href={fileHref(["invoices", `${name}.pdf`])}
              target="_blank"
              rel="noopener"
            >
              PDF
            </a>
          ) : null}
          {isOwn ? (
            <a class="button" href={fileHref(["invoices", `${name}.xml`])} download={`${name}.xml`}>
              XML
            </a>
          ) : null}
          {data?.kind === "invoice" || data?.kind === "deposit" ? (
            <DoLink role="teller" sheet="credit">
              {t().credit}
            </DoLink>
          ) : null}
          {isOpen ? (
            <DoLink role="teller" sheet="pay" isMain>
              {t().recordPayment}
            </DoLink>
          ) : null}
        </>
      }
    >
      {problem ? <ProblemBox problem={problem} retry={reload} /> : null}
      {data ? (
        <div class="beside">
          <div>
            <InvoiceFacts invoice={data} />
            <InvoiceLines invoice={data} />
          </div>
          {isOwn ? <InvoicePaper number={name} /> : null}
        </div>
      ) : (
        <p class="loading">{t().loading}</p>
      )}
      {data ? (
        <Sheet name="pay" title={t().recordPayment}>
          <PaymentForm invoice={data} onDone={done} />
        </Sheet>
      ) : null}
      {data ? (
        <Sheet name="credit" title={t().credit}>
          <CreditForm invoice={data} onDone={(number) => go(to(["invoices", number]), true)} />
        </Sheet>
      ) : null}
    </Page>
  );
}

function InvoiceFacts({ invoice }: { invoice: Invoice }) {
  const asset = invoice.asset;
  return (
    <Card>
      <Facts
        facts={[
          [
            t().amount,
            <strong class="big">
              <Money minor={invoice.amount} asset={asset} />
            </strong>,
          ],
          [t().status, <Badge code={stateOf(invoice)} />],
          [t().stillOpen, <Money minor={invoice.open} asset={asset} />],
          [t().customer, <CustomerLink name={invoice.customer} />],
          [t().recipient, <bdi>{invoice.buyer.name}</bdi>],
          [t().date, day(invoice.date)],
          [t().due, day(invoice.due)],
          [t().paid, invoice.paid ? <Money minor={invoice.paid} asset={asset} /> : null],
          [t().corrects, invoice.corrects ? <InvoiceLink name={invoice.corrects} /> : null],
          [t().note, invoice.note ? <bdi>{invoice.note}</bdi> : null],
          [t().warning, invoice.warning ? <bdi>{invoice.warning}</bdi> : null],
          [t().block, <BlockLink height={invoice.block} />],
        ]}
      />
    </Card>
  );
}

function InvoiceLines({ invoice }: { invoice: Invoice }) {
  const asset = invoice.asset;
  return (
    <Card title={t().lines}>
      <Table
        title={t().lines}
        rows={invoice.lines}
        keyOf={(line) => `${line.charge ?? ""} ${line.description} ${line.date}`}
        columns={[
          {
            title: t().description,
            show: (line) => (
              <>
                <bdi class="name">{line.description}</bdi>
                <span class="small">
                  {day(line.date)}
                  {line.discount ? (
                    <>
                      {" · "}
                      {t().discount} <Money minor={line.discount} asset={asset} isBare />
                    </>
                  ) : null}
                </span>
              </>
            ),
          },
          { title: t().quantity, isNumber: true, show: (line) => decimal(line.quantity) },
          {
            title: t().unitPrice,
            isNumber: true,
            isRoomy: true,
            show: (line) => decimal(line.unit_price),
          },
          {
            title: t().taxRate,
            isNumber: true,
            isRoomy: true,
            show: (line) => `${decimal(line.rate)} %`,
          },
          {
            title: t().net,
            isNumber: true,
            show: (line) => <Money minor={line.net} asset={asset} isBare />,
          },
        ]}
      />
      <Facts
        facts={[
          [t().net, <Money minor={invoice.net} asset={asset} />],
          ...invoice.taxes.map(
            (tax) =>
              [
                `${t().tax} ${decimal(tax.rate)} %`,
                <Money minor={tax.tax} asset={asset} />,
              ] as const,
          ),
          [t().amount, <Money minor={invoice.amount} asset={asset} />],
        ]}
      />
    </Card>
  );
}
