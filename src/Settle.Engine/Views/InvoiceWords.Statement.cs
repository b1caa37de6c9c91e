namespace Settle.Views;

/// <content>What a customer's statement has beside.</content>
internal sealed partial record InvoiceWords
{
    public string Statement { get; private init; } = "Statement of account";

    public string StatementPeriod { get; private init; } = "Period";

    public string Currency { get; private init; } = "Currency";

    public string Amount { get; private init; } = "Amount";

    public string Balance { get; private init; } = "Balance";

    public string Opening { get; private init; } = "Opening balance";

    public string Closing { get; private init; } = "Closing balance";

    /// <summary>The closing balance below zero.</summary>
    public string InYourFavour { get; private init; } = "Closing balance, in your favour";

    public string Ageing { get; private init; } = "What is owed, by days since it was due";

    /// <summary>The parts of <see cref="Settle.Ageing"/>.</summary>
    public IReadOnlyList<string> Ages { get; private init; } =
        ["Not due", "1–30 days", "31–60 days", "61–90 days", "Over 90 days"];

    private Dictionary<StatementLineKind, string> Kinds { get; init; } = new()
    {
        [StatementLineKind.Invoice] = "Invoice",
        [StatementLineKind.Opening] = "Invoice",
        [StatementLineKind.CreditNote] = "Credit note",
        [StatementLineKind.Payment] = "Payment",
        [StatementLineKind.WriteOff] = "Write-off",
        [StatementLineKind.Refund] = "Refund",
        [StatementLineKind.Chargeback] = "Returned payment",
    };

    /// <summary>What happened in a line; empty for what a newer server calls something else.
    /// </summary>
    public string KindOf(StatementLineKind kind) => Kinds.GetValueOrDefault(kind, "");
}
