namespace Settle.Cli.Commands;

/// <summary><c>settle report</c>: what can be reported.</summary>
internal static class ReportCommands
{
    public static SettleCommand TrialBalance(CliContext context) => new ReportCommand<TrialBalance>(
        context, new("trial-balance",
            "Adds up all accounts by the first part of their names; debits are credits in sum.",
            "settle report trial-balance --on 2026-12-31"),
        [Typed.Moment<DateOnly>("--on", "DATE", "By value date at the end of this day",
            Settle.Parse.ValueDate)],
        (reports, days, asset, stop) => reports.GetTrialBalanceAsync(days[0], asset, stop),
        ReportTable.Of, WireJson.Compact.TrialBalance);

    public static SettleCommand ProfitAndLoss(CliContext context) =>
        new ReportCommand<ProfitAndLoss>(context, new("income",
            "Shows what billing earned in some days, without tax, less write-offs.",
            "settle report income --from 2026-01-01 --to 2026-12"), Days(),
            (reports, days, asset, stop) => reports.GetProfitAndLossAsync(
                days[0]!.Value, days[1]!.Value, asset, stop), ReportTable.Of,
            WireJson.Compact.ProfitAndLoss);

    public static SettleCommand Ageing(CliContext context) => new ReportCommand<AgeingReport>(
        context, new("ageing", "Shows who owes what today, and for how long it has been due.",
            "settle report ageing"), [],
        (reports, _, asset, stop) => reports.GetAgeingAsync(asset, stop), ReportTable.Of,
        WireJson.Compact.AgeingReport);

    public static SettleCommand Vat(CliContext context) => new ReportCommand<VatReport>(
        context, new("vat", "Shows the tax that each month brought, by rate.",
            "settle report vat --from 2026-01-01 --to 2026-12"), Days(),
        (reports, days, asset, stop) => reports.GetVatAsync(
            days[0]!.Value, days[1]!.Value, asset, stop), ReportTable.Of,
        WireJson.Compact.VatReport);

    private static Option<DateOnly?>[] Days() =>
    [
        Typed.Day("--from", "The first day", isRequired: true),
        Typed.Day("--to", "The last day", takesMonths: true, isRequired: true),
    ];
}
