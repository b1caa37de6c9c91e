namespace Settle.Wire;

/// <summary>A report as a table: what a spreadsheet and a terminal show.</summary>
/// <param name="Columns">The headings; <c>&gt;</c> at the end is for numbers.</param>
/// <param name="Rows">A text for each column, and the sums last.</param>
internal sealed record ReportTable(string[] Columns, IReadOnlyList<string[]> Rows)
{
    private const string Sum = "total";

    public static ReportTable Of(TrialBalance report) => new(
        ["Account", "Accounts>", "Debit>", "Credit>", "Asset"],
        [
            .. report.Rows.Select(row => new[]
            {
                row.Account, row.Accounts.ToString(CultureInfo.InvariantCulture),
                row.Debit.Digits, row.Credit.Digits, report.Asset,
            }),
            [Sum, "", report.Debit.Digits, report.Credit.Digits, report.Asset],
        ]);

    public static ReportTable Of(ProfitAndLoss report) => new(
        ["Kind", "Account", "Amount>", "Asset"],
        [
            .. report.Rows.Select(row => new[]
            {
                row.Expense ? "expense" : "income", row.Account, row.Amount.Digits, report.Asset,
            }),
            ["profit", "", report.Profit.Digits, report.Asset],
        ]);

    public static ReportTable Of(AgeingReport report) => new(
        ["Customer", "Not due>", "To 30 days>", "31-60>", "61-90>", "Older>", "Total>", "Asset"],
        [
            .. report.Rows.Select(row => Of(row.Customer, row.Ageing, row.Total)),
            Of(Sum, report.Ageing, report.Total),
        ]);

    public static ReportTable Of(VatReport report) => new(
        ["Month", "Category", "Rate>", "Tax>", "Asset"],
        [
            .. report.Rows.Select(row => new[]
            {
                row.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), row.Category,
                row.Rate, row.Tax.Digits, report.Asset,
            }),
            [Sum, "", "", report.Tax.Digits, report.Asset],
        ]);

    private static string[] Of(string customer, Ageing age, Money total) =>
        [customer, age.Current.Digits, age.Days30.Digits, age.Days60.Digits, age.Days90.Digits,
            age.Older.Digits, total.Digits, total.Asset!];
}
