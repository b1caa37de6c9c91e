import { useState } from "preact/hooks";
import type { Schemas } from "../api/client";
import { Badge } from "../parts/badge";
import { count, day } from "../parts/format";
import { InvoiceLink } from "../parts/links";
import { Money } from "../parts/money";
import { Card } from "../parts/page";
import { t } from "../texts/texts";
import { BankLinePay } from "./bankLinePay";

type Report = Schemas["BankReport"];
export type Line = Report["lines"][number];

interface Props {
  report: Report;
  isPosting: boolean;
  post: () => void;
  reload: () => void;
}

/** Sure, maybe, unknown, and what was posted before. */
export function BankLines({ report, isPosting, post, reload }: Props) {
  const of = (...states: string[]) => report.lines.filter((line) => states.includes(line.status));
  const [sure, before, refused] = [of("certain"), of("known", "posted"), of("refused")];
  const proposed = of("doubtful").filter((line) => line.payments.length > 0);
  const unknown = report.lines.filter(
    (line) => ![...sure, ...before, ...refused, ...proposed].includes(line),
  );
  return (
    <>
      <Group title={t().sure} lines={sure} show={(line) => <Lines line={line} />}>
        {sure.length ? (
          <button type="button" class="primary" disabled={isPosting} onClick={post}>
            {isPosting ? t().sending : t().postSure(count(sure.length))}
          </button>
        ) : null}
      </Group>
      <Group
        title={t().maybe}
        lines={proposed}
        show={(line) => <Lines line={line} action={<BankLinePay line={line} onDone={reload} />} />}
      />
      <Group
        title={t().unknown}
        lines={unknown}
        show={(line) => <Assign line={line} reload={reload} />}
      />
      <Group title={t().refusedLines} lines={refused} show={(line) => <Lines line={line} />} />
      <Group title={t().postedBefore} lines={before} show={(line) => <Lines line={line} />} />
    </>
  );
}

function Group({
  title,
  lines,
  show,
  children,
}: {
  title: string;
  lines: Line[];
  show: (line: Line) => preact.ComponentChildren;
  children?: preact.ComponentChildren;
}) {
  if (lines.length === 0) return null;
  return (
    <Card title={`${title} (${count(lines.length)})`}>
      {children}
      <ul class="bank-lines">
        {lines.map((line) => (
          <li key={line.id}>{show(line)}</li>
        ))}
      </ul>
    </Card>
  );
}

function Lines({ line, action }: { line: Line; action?: preact.ComponentChildren }) {
  return (
    <>
      <span class="bank-who">
        <bdi class="name">{line.name ?? "–"}</bdi>
        <span class="small">{day(line.date)}</span>
        {line.text ? (
          <span class="small">
            <bdi>{line.text}</bdi>
          </span>
        ) : null}
        <span class="small">
          <bdi>{line.reason}</bdi>
        </span>
      </span>
      <span class="bank-what">
        {line.payments.map((part) => (
          <span key={part.number} class="small">
            <InvoiceLink name={part.number} /> <Money minor={part.amount} asset={line.asset} />
          </span>
        ))}
        {line.chargebacks.map((part) => (
          <span key={part.payment} class="small">
            {t().tookBack(part.payment)}
          </span>
        ))}
        <Badge code={line.status} />
        {action}
      </span>
      <span class="number">
        <Money minor={line.amount} asset={line.asset} />
      </span>
    </>
  );
}

function Assign({ line, reload }: { line: Line; reload: () => void }) {
  const [isOpen, set] = useState(false);
  return (
    <>
      <Lines
        line={line}
        action={
          line.amount > 0 && !isOpen ? (
            <button type="button" onClick={() => set(true)}>
              {t().assign}
            </button>
          ) : null
        }
      />
      {isOpen ? <BankLinePay line={line} onDone={reload} isFree /> : null}
    </>
  );
}
