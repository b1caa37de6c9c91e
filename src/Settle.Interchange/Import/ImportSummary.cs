namespace Settle.Import;

/// <summary>What became of an imported file.</summary>
internal sealed class ImportSummary
{
    /// <summary>Accounts opened, or found to have these terms already.</summary>
    public long Accounts { get; set; }

    /// <summary>How often an account got other terms.</summary>
    public long AccountsChanged { get; set; }

    /// <summary>Rows of accounts that the ledger refused.</summary>
    public long AccountsRejected { get; set; }

    /// <summary>Rows of transfers that have a verdict.</summary>
    public long Rows => Successful + Rejected + Known;

    /// <summary>Rows that moved money now.</summary>
    public long Successful { get; private set; }

    /// <summary>Rows that the ledger refused now.</summary>
    public long Rejected { get; private set; }

    /// <summary>Rows whose id and content the ledger had decided before.</summary>
    public long Known { get; private set; }

    /// <summary>Those among the known ones that had been refused.</summary>
    public long KnownRejected { get; private set; }

    /// <summary>How many rows were refused, now or before, for which reason.</summary>
    public SortedDictionary<RefusalCode, long> Reasons { get; } = [];

    /// <summary>Whether anything of the file was refused, now or before.</summary>
    public bool HasRefusals => AccountsRejected > 0 || Reasons.Count > 0;

    /// <summary>Whether the ledger recorded anything new.</summary>
    public bool HasChanges => Successful + Rejected + AccountsChanged + AccountsRejected > 0;

    /// <summary>What stopped the import before its end; null when nothing did.</summary>
    public Exception? StoppedBy { get; set; }

    public void Count(Verdict verdict)
    {
        if (verdict.Replayed) Known++;
        else if (verdict.IsSuccessful) Successful++;
        else Rejected++;
        if (verdict.IsSuccessful) return;
        if (verdict.Replayed) KnownRejected++;
        CountReason(verdict.Refusal);
    }

    public void CountReason(RefusalCode refusal) =>
        Reasons[refusal] = Reasons.GetValueOrDefault(refusal) + 1;
}
