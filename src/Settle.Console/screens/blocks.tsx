import { useState } from "preact/hooks";
import { api, ask, here, type Schemas } from "../api/client";
import { info } from "../app/ledgers";
import { go, param, to } from "../app/router";
import { count, moment } from "../parts/format";
import { Field } from "../parts/field";
import { BlockLink } from "../parts/links";
import { List } from "../parts/list";
import { Page } from "../parts/page";
import type { Column } from "../parts/table";
import { t } from "../texts/texts";

type Head = Schemas["BlockHead"];

export const Hash = ({ hash }: { hash: string }) => (
  <span class="code" title={hash}>
    {hash.slice(0, 16)}…
  </span>
);

const columns = (): Column<Head>[] => [
  {
    title: t().height,
    isNumber: true,
    csv: (each) => each.height,
    show: (each) => <BlockLink height={each.height} />,
  },
  {
    title: t().time,
    csv: (each) => String(each.time),
    show: (each) => moment(String(each.time)),
  },
  {
    title: t().entries,
    isNumber: true,
    csv: (each) => each.entries,
    show: (each) => count(each.entries),
  },
  {
    title: t().bytes,
    isNumber: true,
    isRoomy: true,
    csv: (each) => each.bytes,
    show: (each) => count(each.bytes),
  },
  { title: t().hash, csv: (each) => each.hash, show: (each) => <Hash hash={each.hash} /> },
  {
    title: t().builtOn,
    isRoomy: true,
    csv: (each) => each.prev,
    show: (each) => (/^0+$/.test(each.prev) ? "–" : <Hash hash={each.prev} />),
  },
];

/** The chain, newest block first. Its cursor is a height, so a page is a stretch of it. */
async function read(
  limit: number,
  after: string | undefined,
): Promise<{ items: Head[]; next: string | null }> {
  const top = after
    ? Number(after)
    : param("from")
      ? Number(param("from"))
      : (info.value?.height ?? 0);
  if (top < 1) return { items: [], next: null };
  const from = Math.max(1, top - limit + 1);
  const page = await ask(
    api.GET("/v1/ledgers/{ledger}/blocks/heads", {
      params: { path: here(), query: { from, limit: top - from + 1 } },
    }),
  );
  return { items: page.items.reverse(), next: from > 1 ? String(from - 1) : null };
}

export function BlocksScreen() {
  return (
    <Page
      title={t().blocks}
      actions={
        <a class="button" href={to(["verify"])}>
          {t().verify}
        </a>
      }
    >
      <List
        name="blocks"
        title={t().blocks}
        columns={columns()}
        keyOf={(each) => each.hash}
        empty={t().chainEmpty}
        read={read}
        filters={<Jump />}
      />
    </Page>
  );
}

function Jump() {
  const [what, set] = useState("");
  return (
    <form
      class="jump"
      onSubmit={(e) => {
        e.preventDefault();
        const wanted = what.trim();
        if (wanted) go(to([/^\d+$/.test(wanted) ? "blocks" : "entries", wanted]));
      }}
    >
      <Field label={t().heightOrId} value={what} onValue={set} />
      <button type="submit">{t().open}</button>
    </form>
  );
}
