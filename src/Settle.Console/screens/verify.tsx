import { useEffect, useRef, useState } from "preact/hooks";
import { fileHref } from "../api/client";
import { info } from "../app/ledgers";
import { to } from "../app/router";
import { Field } from "../parts/field";
import { count, moment } from "../parts/format";
import { Facts, Page } from "../parts/page";
import { t } from "../texts/texts";
import type { Head } from "../verify/chain";
import type { Order, Report } from "../verify/worker";

interface Noted extends Head {
  time: string;
}

const placeOf = (ledger: string) => `settle:head:${ledger}`;

function notedOf(ledger: string): Noted | null {
  const text = localStorage.getItem(placeOf(ledger));
  return text ? (JSON.parse(text) as Noted) : null;
}

/** A head as people note it: "13 b2cc..." or "13:b2cc...". */
function readHead(text: string): Head | null {
  const match = /^\s*(\d+)[\s:,]+([0-9a-fA-F]{64})\s*$/.exec(text);
  return match ? { height: Number(match[1]), hash: (match[2] ?? "").toLowerCase() } : null;
}

/** The reader's own browser reads every block and follows the hashes; it believes nobody. */
export function VerifyScreen() {
  const ledger = info.value?.name ?? "";
  const noted = notedOf(ledger);
  const [head, setHead] = useState(noted ? `${noted.height} ${noted.hash}` : "");
  const [report, setReport] = useState<Report | null>(null);
  const [isTest, setTest] = useState(false);
  const worker = useRef<Worker | null>(null);
  useEffect(() => () => worker.current?.terminate(), []);
  const isRunning = report !== null && !report.isDone;
  const given = readHead(head);
  const isWrong = head.trim() !== "" && given === null;

  function start(tampered: number | null): void {
    worker.current?.terminate();
    setTest(tampered !== null);
    const height = info.value?.height ?? 0;
    setReport({
      height: 0,
      hash: "",
      entries: 0,
      bytes: 0,
      fault: null,
      problem: null,
      isDone: false,
    });
    const mine = (worker.current = new Worker(new URL("../verify/worker.ts", import.meta.url), {
      type: "module",
    }));
    mine.onmessage = (event: MessageEvent<Report>) => {
      setReport(event.data);
      const { isDone, fault, problem, hash } = event.data;
      if (!isDone) return;
      mine.terminate();
      if (!fault && !problem && tampered === null && event.data.height > 0) {
        localStorage.setItem(
          placeOf(ledger),
          JSON.stringify({
            height: event.data.height,
            hash,
            time: new Date().toISOString(),
          }),
        );
      }
    };
    mine.postMessage({
      address: new URL(fileHref(["blocks"]), document.baseURI).href,
      height,
      noted: given,
      tampered,
    } satisfies Order);
  }

  return (
    <Page title={t().verify} above={{ href: to(["blocks"]), text: t().blocks }}>
      <section class="card">
        <p>{t().verifyHint}</p>
        {globalThis.crypto?.subtle ? null : (
          <p class="problem" role="alert">
            {t().needsTls}
          </p>
        )}
        <form
          class="write"
          onSubmit={(e) => {
            e.preventDefault();
            if (!isWrong) start(null);
          }}
        >
          <Field
            label={t().notedHead}
            value={head}
            onValue={setHead}
            hint={noted ? t().notedHere(moment(noted.time)) : t().notedHint}
            error={isWrong ? t().notAHead : null}
          />
          <div class="actions">
            <button
              type="submit"
              class="primary"
              disabled={isRunning || !globalThis.crypto?.subtle}
            >
              {t().verifyNow}
            </button>
            <button
              type="button"
              disabled={isRunning || !globalThis.crypto?.subtle}
              onClick={() => start(Math.max(1, Math.ceil((info.value?.height ?? 1) / 2)))}
            >
              {t().changeByte}
            </button>
          </div>
        </form>
      </section>
      {report ? <Result report={report} isTest={isTest} /> : null}
    </Page>
  );
}

function Result({ report, isTest }: { report: Report; isTest: boolean }) {
  const total = Math.max(info.value?.height ?? 0, report.height);
  const { fault } = report;
  const state = !report.isDone ? "" : fault ? "bad" : report.problem ? "bad" : "good";
  return (
    <section class={`card verdict ${state}`} aria-live="polite">
      <h2>
        {!report.isDone
          ? t().verifying
          : fault
            ? t().faultFound
            : report.problem
              ? t().notVerified
              : t().allTrue}
      </h2>
      <progress max={total || 1} value={report.height} aria-label={t().verifying} />
      {fault ? (
        <p>
          {t().faults[fault.kind](count(fault.height), fault.expected ?? "", fault.found ?? "")}
        </p>
      ) : null}
      {fault && isTest ? <p class="soft">{t().thatWasATest}</p> : null}
      {fault && !isTest ? <p class="soft">{t().faultCure}</p> : null}
      {report.problem ? (
        <p>
          <bdi>{report.problem}</bdi>
        </p>
      ) : null}
      <Facts
        facts={[
          [t().blocks, `${count(report.height)} / ${count(total)}`],
          [t().entries, count(report.entries)],
          [t().bytes, count(report.bytes)],
          [
            t().head,
            report.hash ? (
              <span class="code break">
                {report.height} {report.hash}
              </span>
            ) : null,
          ],
        ]}
      />
      {state === "good" ? <p class="soft">{t().noteHead}</p> : null}
    </section>
  );
}
