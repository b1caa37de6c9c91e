namespace Settle.Http;

/// <summary>Reports on a ledger behind a server.</summary>
internal sealed class HttpReports(HttpLedger ledger) : IReports
{
    public Task<TrialBalance> GetTrialBalanceAsync(DateOnly? on = null, string? asset = null,
        CancellationToken cancellationToken = default) => ledger.ReadAsync(
            "/reports/trial-balance" + new QueryWriter().Add("on", on).Add("asset", asset),
            WireJson.Compact.TrialBalance, cancellationToken);

    public Task<ProfitAndLoss> GetProfitAndLossAsync(DateOnly from, DateOnly to,
        string? asset = null, CancellationToken cancellationToken = default) => ledger.ReadAsync(
            "/reports/income" + Days(from, to).Add("asset", asset),
            WireJson.Compact.ProfitAndLoss, cancellationToken);

    public Task<AgeingReport> GetAgeingAsync(string? asset = null,
        CancellationToken cancellationToken = default) => ledger.ReadAsync(
            "/reports/ageing" + new QueryWriter().Add("asset", asset),
            WireJson.Compact.AgeingReport, cancellationToken);

    public Task<VatReport> GetVatAsync(DateOnly from, DateOnly to, string? asset = null,
        CancellationToken cancellationToken = default) => ledger.ReadAsync(
            "/reports/vat" + Days(from, to).Add("asset", asset), WireJson.Compact.VatReport,
            cancellationToken);

    private static QueryWriter Days(DateOnly from, DateOnly to) =>
        new QueryWriter().Add("from", from).Add("to", to);
}
