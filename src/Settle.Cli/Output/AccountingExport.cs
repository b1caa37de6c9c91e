using Settle.Accounting;

namespace Settle.Cli.Output;

/// <summary>Writes invoices and credit notes for accountants.</summary>
internal static class AccountingExport
{
    /// <summary>A DATEV posting batch of the days that the options name.</summary>
    public static async Task<long> DatevAsync(ILedger ledger, Stream output, DatevOptions options,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var writer = new DatevWriter(output, options);
        return await ForEachAsync(ledger, options.From, options.To,
            invoice => writer.Write(invoice), progress, cancellation);
    }

    /// <summary>CSV with a row per invoice and tax rate.</summary>
    public static async Task<long> CsvAsync(ILedger ledger, Stream output, DateOnly? from,
        DateOnly? to, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var writer = new InvoiceCsv(output);
        return await ForEachAsync(ledger, from, to, writer.Write, progress, cancellation);
    }

    private static async Task<long> ForEachAsync(ILedger ledger, DateOnly? from, DateOnly? to,
        Action<Invoice> write, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var numbers = await ledger.Billing.AllInvoicesAsync(
                new InvoiceQuery { Limit = Pages.LimitMax }, cancellation)
            .Where(each => !(each.Date < from) && !(each.Date > to))
            .Select(each => each.Number).ToListAsync(cancellation);
        for (var i = 0; i < numbers.Count; i++)
        {
            write(await ledger.Billing.GetInvoiceAsync(numbers[i], cancellation)
                ?? throw new NotFoundException($"there is no invoice '{numbers[i]}'"));
            progress?.Report(new WorkProgress(i + 1, numbers.Count));
        }
        return numbers.Count;
    }
}
