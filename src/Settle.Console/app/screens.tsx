import type { ComponentType } from "preact";
import { isMounted } from "../api/session";
import { t } from "../texts/texts";
import { AccountScreen } from "../screens/account";
import { AccountsScreen } from "../screens/accounts";
import { BankScreen } from "../screens/bank";
import { BlockScreen } from "../screens/block";
import { BlocksScreen } from "../screens/blocks";
import { ChargesScreen } from "../screens/charges";
import { CheckScreen } from "../screens/check";
import { CustomerScreen } from "../screens/customer";
import { CustomersScreen } from "../screens/customers";
import { EntryScreen } from "../screens/entry";
import { HoldsScreen } from "../screens/holds";
import { HomeScreen } from "../screens/home";
import { InvoiceScreen } from "../screens/invoice";
import { InvoicesScreen } from "../screens/invoices";
import { PaymentsScreen } from "../screens/payments";
import { QuotesScreen } from "../screens/quotes";
import { RemindersScreen } from "../screens/reminders";
import { ReportsScreen } from "../screens/reports";
import { RunScreen } from "../screens/run";
import { SettingsScreen } from "../screens/settings";
import { SubscriptionsScreen } from "../screens/subscriptions";
import { TransferScreen } from "../screens/transfer";
import { TransfersScreen } from "../screens/transfers";
import { VerifyScreen } from "../screens/verify";

export interface Screen {
  path: string;
  title: () => string;
  icon: string;
  list: ComponentType;
  /** What is shown of one of them. */
  one?: ComponentType<{ name: string }>;
  isBilling?: boolean;
  /** Not in the rail: it is reached from another one. */
  isInner?: boolean;
  /** A host that mounts the page does not have what it needs. */
  isServers?: boolean;
  /** In the bar of a telephone. */
  isFirst?: boolean;
}

const all: Screen[] = [
  { path: "", title: () => t().home, icon: "home", list: HomeScreen, isFirst: true },
  {
    path: "accounts",
    title: () => t().accounts,
    icon: "accounts",
    list: AccountsScreen,
    one: AccountScreen,
    isFirst: true,
  },
  {
    path: "transfers",
    title: () => t().transfers,
    icon: "transfers",
    list: TransfersScreen,
    one: TransferScreen,
    isFirst: true,
  },
  { path: "holds", title: () => t().holds, icon: "holds", list: HoldsScreen },
  {
    path: "customers",
    title: () => t().customers,
    icon: "customers",
    list: CustomersScreen,
    one: CustomerScreen,
    isBilling: true,
  },
  {
    path: "charges",
    title: () => t().charges,
    icon: "charges",
    list: ChargesScreen,
    isBilling: true,
  },
  {
    path: "subscriptions",
    title: () => t().subscriptions,
    icon: "again",
    list: SubscriptionsScreen,
    isBilling: true,
  },
  {
    path: "quotes",
    title: () => t().quotes,
    icon: "quotes",
    list: QuotesScreen,
    isBilling: true,
  },
  { path: "run", title: () => t().invoiceRun, icon: "run", list: RunScreen, isBilling: true },
  {
    path: "invoices",
    title: () => t().invoices,
    icon: "invoices",
    list: InvoicesScreen,
    one: InvoiceScreen,
    isBilling: true,
    isFirst: true,
  },
  {
    path: "payments",
    title: () => t().payments,
    icon: "payments",
    list: PaymentsScreen,
    isBilling: true,
  },
  {
    path: "bank",
    title: () => t().bank,
    icon: "bank",
    list: BankScreen,
    isBilling: true,
    isServers: true,
  },
  {
    path: "reminders",
    title: () => t().reminders,
    icon: "reminders",
    list: RemindersScreen,
    isBilling: true,
  },
  {
    path: "check",
    title: () => t().check,
    icon: "check",
    list: CheckScreen,
    isInner: true,
    isServers: true,
  },
  { path: "reports", title: () => t().reports, icon: "reports", list: ReportsScreen },
  {
    path: "blocks",
    title: () => t().blocks,
    icon: "blocks",
    list: BlocksScreen,
    one: BlockScreen,
  },
  {
    path: "entries",
    title: () => t().entry,
    icon: "blocks",
    list: BlocksScreen,
    one: EntryScreen,
    isInner: true,
  },
  { path: "verify", title: () => t().verify, icon: "verify", list: VerifyScreen },
  { path: "settings", title: () => t().settings, icon: "settings", list: SettingsScreen },
];

/** Every screen, in the order of the rail. */
export const screens = all.filter((screen) => !screen.isServers || !isMounted);
