using System.Text.Json.Serialization.Metadata;

namespace Settle.Cli.Commands;

/// <summary>One of the reports on a ledger, as a table, CSV or JSON.</summary>
internal sealed class ReportCommand<T> : LedgerCommand
{
    private readonly Option<DateOnly?>[] _days;
    private readonly Option<string> _asset = Typed.Asset("The asset [default: the ledger's]");
    private readonly Func<IReports, DateOnly?[], string?, CancellationToken, Task<T>> _make;
    private readonly Func<T, ReportTable> _tableOf;
    private readonly JsonTypeInfo<T> _type;

    public ReportCommand(CliContext context, ReportWords report, Option<DateOnly?>[] days,
        Func<IReports, DateOnly?[], string?, CancellationToken, Task<T>> make,
        Func<T, ReportTable> tableOf, JsonTypeInfo<T> type)
        : base(context, report.Name, report.Description, report.Example)
    {
        (_days, _make, _tableOf, _type) = (days, make, tableOf, type);
        foreach (var day in days) Add(day);
        Add(_asset);
    }

    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var report = await _make(ledger.Reports, [.. _days.Select(words.GetValue)],
            words.GetValue(_asset), cancellation);
        if (WantsJson(words))
        {
            Context.Output.WriteLine(JsonSerializer.Serialize(report, _type));
            return ExitStatus.Done;
        }
        var table = _tableOf(report);
        WriteTable(words, table.Columns, table.Rows);
        return ExitStatus.Done;
    }
}
