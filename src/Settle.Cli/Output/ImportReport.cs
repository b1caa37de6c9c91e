using Settle.Import;

namespace Settle.Cli.Output;

/// <summary>What an import says at its end.</summary>
internal sealed record ImportReport
{
    /// <summary>Rows of transfers that have a verdict now.</summary>
    public required long Rows { get; init; }
    public required long Successful { get; init; }
    public required long Rejected { get; init; }

    /// <summary>Rows that had been decided before.</summary>
    public required long AlreadyKnown { get; init; }

    /// <summary>Those among them that had been refused.</summary>
    public required long AlreadyKnownRejected { get; init; }

    /// <summary>How many rows were refused, now or before, by reason.</summary>
    public required SortedDictionary<string, long> Reasons { get; init; }
    public required long Accounts { get; init; }
    public required long AccountsRejected { get; init; }
    public required double Seconds { get; init; }

    /// <summary>Whether the ledger recorded anything new.</summary>
    public required bool Changed { get; init; }

    /// <summary>Whether all rows were read; false when something stopped the import.</summary>
    public required bool Finished { get; init; }

    public static ImportReport Of(ImportSummary summary, TimeSpan elapsed)
    {
        var reasons = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (refusal, count) in summary.Reasons) reasons.Add(refusal.Text(), count);
        return new ImportReport
        {
            Rows = summary.Rows,
            Successful = summary.Successful,
            Rejected = summary.Rejected,
            AlreadyKnown = summary.Known,
            AlreadyKnownRejected = summary.KnownRejected,
            Reasons = reasons,
            Accounts = summary.Accounts,
            AccountsRejected = summary.AccountsRejected,
            Seconds = Math.Round(elapsed.TotalSeconds, 3),
            Changed = summary.HasChanges,
            Finished = summary.StoppedBy is null,
        };
    }

    public void WriteJson(TextWriter output) =>
        output.WriteLine(JsonSerializer.Serialize(this, ReportJson.Default.ImportReport));

    public void WriteLines(TextWriter output)
    {
        if (Accounts + AccountsRejected > 0)
        {
            WriteCount(output, "accounts", Accounts);
            if (AccountsRejected > 0) WriteCount(output, "accounts rejected", AccountsRejected);
        }
        WriteCount(output, "successful", Successful);
        WriteCount(output, "rejected", Rejected);
        WriteCount(output, "already known", AlreadyKnown);
        if (AlreadyKnownRejected > 0) WriteCount(output, "  and rejected", AlreadyKnownRejected);
        foreach (var (reason, count) in Reasons) WriteCount(output, "  " + reason, count);
        if (Finished && !Changed)
            output.WriteLine(Rows + Accounts + AccountsRejected == 0
                ? "nothing to import: there is no row below the header"
                : "nothing to change: the ledger has all of it");
        var rate = Seconds > 0 ? Rows / Seconds : 0;
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"in {Seconds:F1} s, {rate:F0} rows/s"));
    }

    private static void WriteCount(TextWriter output, string what, long count) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-24}{count,12}"));
}
