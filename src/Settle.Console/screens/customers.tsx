import { api, ask, here, type Schemas } from "../api/client";
import { go, to } from "../app/router";
import { country } from "../parts/format";
import { CustomerLink } from "../parts/links";
import { List } from "../parts/list";
import { DoLink, Page } from "../parts/page";
import { Sheet } from "../parts/sheet";
import type { Column } from "../parts/table";
import { t, word } from "../texts/texts";
import { CustomerForm } from "./customerForm";

type Customer = Schemas["Customer"];

const columns = (): Column<Customer>[] => [
  {
    title: t().customer,
    csv: (each) => each.customer,
    show: (each) => <CustomerLink name={each.customer} />,
  },
  {
    title: t().name,
    csv: (each) => each.party?.name,
    show: (each) =>
      each.party ? (
        <bdi class="name">{each.party.name}</bdi>
      ) : (
        <span class="soft">{t().erased}</span>
      ),
  },
  {
    title: t().city,
    isRoomy: true,
    csv: (each) => each.party?.city,
    show: (each) => <bdi>{each.party?.city}</bdi>,
  },
  { title: t().country, csv: (each) => each.country, show: (each) => country(each.country) },
  {
    title: t().taxTreatment,
    isRoomy: true,
    csv: (each) => each.treatment,
    show: (each) => <span class="soft">{word(each.treatment)}</span>,
  },
];

export function CustomersScreen() {
  return (
    <Page
      title={t().customers}
      actions={
        <DoLink role="teller" sheet="new" isMain>
          {t().newCustomer}
        </DoLink>
      }
    >
      <List
        name="customers"
        title={t().customers}
        columns={columns()}
        keyOf={(each) => each.customer}
        empty={t().noCustomers}
        read={(limit, after) =>
          ask(
            api.GET("/v1/ledgers/{ledger}/customers", {
              params: { path: here(), query: { limit, ...(after ? { after } : {}) } },
            }),
          )
        }
      />
      <Sheet name="new" title={t().newCustomer}>
        <CustomerForm customer={null} onDone={(name) => go(to(["customers", name]), true)} />
      </Sheet>
    </Page>
  );
}
