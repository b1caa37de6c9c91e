import { api, ask, here } from "../api/client";
import { useLoad } from "../api/load";
import { info } from "../app/ledgers";
import { to } from "../app/router";
import { count, moment } from "../parts/format";
import { EntryLink } from "../parts/links";
import { Card, Facts, Page } from "../parts/page";
import { ProblemBox } from "../parts/problemBox";
import { Table } from "../parts/table";
import { Badge } from "../parts/badge";
import { t, word } from "../texts/texts";

interface Block {
  height: number;
  time: string;
  hash: string;
  prev: string;
  writer: string;
  version: number;
  entries: Record<string, unknown>[];
}

const Shown = 500;

/** What an entry is about, in a line. */
const aboutOf = (entry: Record<string, unknown>): string =>
  ["from", "to", "account", "customer", "number", "description", "memo"]
    .filter((member) => typeof entry[member] === "string")
    .map((member) => String(entry[member]))
    .join(" · ");

export function BlockScreen({ name }: { name: string }) {
  const { data, problem, reload } = useLoad(
    `block/${here().ledger}/${name}`,
    async () =>
      (await ask(
        api.GET("/v1/ledgers/{ledger}/blocks/{height}", {
          params: { path: { ...here(), height: name } },
        }),
      )) as unknown as Block,
    false,
  );
  const height = Number(name);
  return (
    <Page
      title={t().blockOf(name)}
      above={{ href: to(["blocks"]), text: t().blocks }}
      actions={
        <>
          {height > 1 ? (
            <a class="button" href={to(["blocks", String(height - 1)])}>
              ‹ {height - 1}
            </a>
          ) : null}
          {height < (info.value?.height ?? 0) ? (
            <a class="button" href={to(["blocks", String(height + 1)])}>
              {height + 1} ›
            </a>
          ) : null}
        </>
      }
    >
      {problem ? <ProblemBox problem={problem} retry={reload} /> : null}
      {data ? (
        <>
          <Card>
            <Facts
              facts={[
                [t().time, moment(data.time)],
                [t().entries, count(data.entries.length)],
                [t().hash, <span class="code break">{data.hash}</span>],
                [t().builtOn, <span class="code break">{data.prev}</span>],
                [t().writer, <span class="code break">{data.writer}</span>],
                [t().format, String(data.version)],
              ]}
            />
          </Card>
          <Card title={t().entries}>
            <Table
              title={t().entries}
              rows={data.entries.slice(0, Shown).map((entry, i) => ({ entry, i }))}
              keyOf={({ i }) => String(i)}
              columns={[
                { title: t().kind, show: ({ entry }) => word(String(entry.type)) },
                {
                  title: t().entry,
                  show: ({ entry }) => (entry.id ? <EntryLink name={String(entry.id)} /> : null),
                },
                {
                  title: t().about,
                  show: ({ entry }) => <bdi class="name">{aboutOf(entry)}</bdi>,
                },
                {
                  title: t().status,
                  show: ({ entry }) => <Badge code={String(entry.status ?? "")} />,
                },
              ]}
            />
            {data.entries.length > Shown ? (
              <p class="soft">{t().firstOnly(count(Shown), count(data.entries.length))}</p>
            ) : null}
          </Card>
        </>
      ) : problem ? null : (
        <p class="loading">{t().loading}</p>
      )}
    </Page>
  );
}
