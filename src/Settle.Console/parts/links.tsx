import { to } from "../app/router";

type Name = { name: string };

/** Names are people's own words: bdi keeps their direction from what stands beside them. */
export const AccountLink = ({ name }: Name) => (
  <a class="name" href={to(["accounts", name])}>
    <bdi>{name}</bdi>
  </a>
);

export const CustomerLink = ({ name }: Name) => (
  <a class="name" href={to(["customers", name])}>
    <bdi>{name}</bdi>
  </a>
);

export const InvoiceLink = ({ name }: Name) => (
  <a class="name" href={to(["invoices", name])}>
    <bdi>{name}</bdi>
  </a>
);

export const BlockLink = ({ height }: { height: number }) => (
  <a href={to(["blocks", String(height)])}>{height}</a>
);

export const EntryLink = ({ name }: Name) => (
  <a class="name code" href={to(["entries", name])}>
    <bdi>{name}</bdi>
  </a>
);

export const TransferLink = ({ name }: Name) => (
  <a class="name code" href={to(["transfers", name])}>
    <bdi>{name}</bdi>
  </a>
);
