import { useEffect, useState } from "preact/hooks";
import { fileHref, type Schemas } from "../api/client";
import { parseExact } from "../api/exact";
import { asProblem, problemOf, type Problem } from "../api/problem";
import { may } from "../api/session";
import { FileDrop } from "../parts/fileDrop";
import { Page } from "../parts/page";
import { ProblemBox } from "../parts/problemBox";
import { Empty } from "../parts/table";
import { t } from "../texts/texts";
import { BankLines } from "./bankLines";

type Report = Schemas["BankReport"];

async function send(file: File, isPosting: boolean): Promise<Report> {
  const isZip = file.name.toLowerCase().endsWith(".zip");
  let answer: Response;
  try {
    answer = await fetch(fileHref(["bank-statements"], { post: String(isPosting) }), {
      method: "POST",
      body: file,
      headers: { "Content-Type": isZip ? "application/zip" : "application/xml" },
    });
  } catch (e) {
    throw asProblem(e);
  }
  const said = parseExact(await answer.text());
  if (!answer.ok) throw problemOf(said, answer);
  return said as Report;
}

const Pause = 1500;

/** A bank's file: what is sure is posted, what may be is one click, the rest is shown. */
export function BankScreen() {
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPosting, setPosting] = useState(false);
  const [asked, askAgain] = useState(0);

  async function read(): Promise<void> {
    if (!file) return;
    try {
      setReport(await send(file, false));
      setProblem(null);
    } catch (e) {
      setProblem(asProblem(e));
    }
  }
  useEffect(() => void read(), [file, asked]);

  async function post(): Promise<void> {
    if (!file || isPosting) return;
    setPosting(true);
    // A line has an id of its own, so the file can be sent again until its outcome is known.
    for (;;) {
      try {
        await send(file, true);
        setProblem(null);
        break;
      } catch (e) {
        const said = asProblem(e);
        setProblem(said);
        if (!said.isPassing) break;
        await new Promise((resolve) => setTimeout(resolve, Pause));
      }
    }
    setPosting(false);
    askAgain((n) => n + 1);
  }

  return (
    <Page title={t().bank}>
      <section class="card">
        <p class="soft">{t().bankHint}</p>
        {may("teller") ? (
          <FileDrop
            label={t().dropBank}
            accept=".xml,.zip,.sta,.mt940,.txt"
            onFile={(next) => {
              setReport(null);
              setProblem(null);
              setFile(next);
            }}
          />
        ) : (
          <Empty>{t().tellerNeeded}</Empty>
        )}
        {file ? (
          <p>
            <bdi>{file.name}</bdi>
          </p>
        ) : null}
        {problem ? <ProblemBox problem={problem} retry={() => askAgain((n) => n + 1)} /> : null}
        {isPosting && problem?.isPassing ? <p role="status">{t().askingAgain}</p> : null}
        {file && !report && !problem ? (
          <p class="loading" role="status">
            {t().loading}
          </p>
        ) : null}
        {report?.warnings?.map((each) => (
          <p key={each} class="warning">
            <bdi>{each}</bdi>
          </p>
        ))}
      </section>
      {report ? (
        <BankLines
          report={report}
          isPosting={isPosting}
          post={() => void post()}
          reload={() => askAgain((n) => n + 1)}
        />
      ) : null}
    </Page>
  );
}
