namespace Settle.Billing;

/// <summary>What a run was asked to do.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Request">The request.</param>
/// <param name="Date">The date of its invoices.</param>
/// <param name="MayRepeat">Whether it may have run before: somebody chose its id.</param>
/// <param name="Rates">Its rates, checked.</param>
internal sealed record RunPlan(
    string Id, InvoiceRunRequest Request, DateOnly Date, bool MayRepeat, RunRates Rates)
{
    public int Through => Request.Through.DayNumber;

    /// <inheritdoc cref="RunIds.Of"/>
    public string InvoiceId(string customer, string asset, int part) =>
        RunIds.Of(Id, customer, asset, part);
}
