using Settle.Accounting;
using Settle.Journals;

namespace Settle;

/// <summary>
/// Exports of a ledger, wherever it lives, up to its newest block. The ledger may go on meanwhile.
/// </summary>
/// <remarks>
/// Progress counts blocks or invoices; null reports none. A damaged block throws
/// <see cref="StoreCorruptException"/>.
/// </remarks>
public static class LedgerExport
{
    /// <summary>
    /// Writes a journal for hledger, UTF-8. With billing, the accounts are those of a company:
    /// assets, liabilities, income and expenses.
    /// </summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="output">Takes the file.</param>
    /// <param name="from">Only what has this value date or a later one; null for any.</param>
    /// <param name="to">Only what has this value date or an earlier one; null for any.</param>
    /// <param name="progress">Counts blocks; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>How many entries of the period were read.</returns>
    public static Task<long> HledgerAsync(ILedger ledger, Stream output,
        DateOnly? from = null, DateOnly? to = null, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default) => BooksAsync(ledger, output, (from, to),
            (text, books) => new HledgerJournal(text, books), progress, cancellationToken);

    /// <summary>Writes a journal for beancount, UTF-8, with the same accounts.</summary>
    /// <inheritdoc cref="HledgerAsync"/>
    public static Task<long> BeancountAsync(ILedger ledger, Stream output,
        DateOnly? from = null, DateOnly? to = null, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default) => BooksAsync(ledger, output, (from, to),
            (text, books) => new BeancountJournal(text, books), progress, cancellationToken);

    /// <summary>Writes the movements as CSV, which can be imported.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="output">Takes the file.</param>
    /// <param name="accounts">Takes a file of the accounts and their terms; null for none.</param>
    /// <param name="from">Only what has this value date or a later one; null for any.</param>
    /// <param name="to">Only what has this value date or an earlier one; null for any.</param>
    /// <param name="progress">Counts blocks; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>How many entries of the period were read.</returns>
    /// <exception cref="InvalidRequestException">Accounts of a period are wanted: their terms
    /// belong to the whole past.</exception>
    public static async Task<long> CsvAsync(ILedger ledger, Stream output, Stream? accounts = null,
        DateOnly? from = null, DateOnly? to = null, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Check(ledger, output);
        if (accounts is not null && (from ?? to) is not null)
        {
            throw new InvalidRequestException("accounts",
                "cannot be combined with a period: terms belong to the whole past");
        }
        var info = await ledger.GetInfoAsync(cancellationToken).ConfigureAwait(false);
        var terms = accounts is null ? null : new CsvAccountTerms();
        var entries = await ChainExport.RunAsync(
            ledger, info, new CsvJournal(output, terms), (from, to), progress, cancellationToken)
            .ConfigureAwait(false);
        if (accounts is not null)
            await terms!.WriteAsync(accounts, ledger, info, cancellationToken)
                .ConfigureAwait(false);
        return entries;
    }

    /// <summary>Writes every entry of the chain as a line of JSON.</summary>
    /// <inheritdoc cref="HledgerAsync"/>
    public static async Task<long> JsonLinesAsync(ILedger ledger, Stream output,
        DateOnly? from = null, DateOnly? to = null, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Check(ledger, output);
        return await ChainExport.RunAsync(ledger,
            await ledger.GetInfoAsync(cancellationToken).ConfigureAwait(false),
            new JsonLinesJournal(output), (from, to), progress, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Writes invoices and credit notes as CSV, a row for each tax rate.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="output">Takes the file, UTF-8.</param>
    /// <param name="from">The first date; null for the beginning.</param>
    /// <param name="to">The last date; null for no end.</param>
    /// <param name="language">
    /// <c>de</c> or <c>en</c> for a spreadsheet in that language; null for programs.
    /// </param>
    /// <param name="progress">Counts invoices; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two invoices.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="InvalidRequestException">There is no such language.</exception>
    public static async Task<long> InvoicesAsync(ILedger ledger, Stream output,
        DateOnly? from = null, DateOnly? to = null, string? language = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(ledger, output);
        using var writer = new InvoiceCsv(output, CsvDialect.Of(language));
        var numbers = await ledger.Billing.AllInvoicesAsync(
                new InvoiceQuery { Limit = Pages.LimitMax }, cancellationToken)
            .Where(each => each.HasPaper)
            .Where(each => !(each.Date < from) && !(each.Date > to))
            .Select(each => each.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < numbers.Count; i++)
        {
            writer.Write(await ledger.Billing.GetInvoiceAsync(numbers[i], cancellationToken)
                .ConfigureAwait(false)
                ?? throw new NotFoundException($"there is no invoice '{numbers[i]}'"));
            progress?.Report(new WorkProgress(i + 1, numbers.Count));
        }
        return numbers.Count;
    }

    /// <summary>
    /// Writes a posting batch for DATEV (EXTF, Buchungsstapel): invoices and credit notes, and what
    /// else the settings say.
    /// </summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="output">Takes the file.</param>
    /// <param name="from">The first day that it covers.</param>
    /// <param name="to">The last day, in the same fiscal year.</param>
    /// <param name="settings">Accounts, debtors, rates and what to post.</param>
    /// <param name="progress">Counts blocks; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>How much is in it, and what had to be left out.</returns>
    /// <exception cref="InvalidRequestException">A setting is wrong, or the period is in two
    /// fiscal years.</exception>
    public static Task<DatevResult> DatevAsync(ILedger ledger, Stream output, DateOnly from,
        DateOnly to, DatevSettings settings, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default) => DatevAsync(ledger, output, (from, to),
            settings, TimeProvider.System, progress, cancellationToken);

    /// <inheritdoc cref="DatevAsync(ILedger, Stream, DateOnly, DateOnly, DatevSettings,
    /// IProgress{WorkProgress}?, CancellationToken)"/>
    internal static async Task<DatevResult> DatevAsync(ILedger ledger, Stream output,
        (DateOnly From, DateOnly To) period, DatevSettings settings, TimeProvider clock,
        IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        Check(ledger, output);
        ArgumentNullException.ThrowIfNull(settings);
        using var batch = new DatevBatch(
            ledger, output, period, settings, clock.GetUtcNow().UtcDateTime);
        await ChainExport.RunAsync(ledger,
            await ledger.GetInfoAsync(cancellationToken).ConfigureAwait(false), batch, default,
            progress, cancellationToken).ConfigureAwait(false);
        return batch.Result;
    }

    private static async Task<long> BooksAsync(ILedger ledger, Stream output,
        (DateOnly? From, DateOnly? To) days, Func<TextWriter, JournalBooks, IJournal> make,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        Check(ledger, output);
        var info = await ledger.GetInfoAsync(cancellation).ConfigureAwait(false);
        var books = await JournalBooks.ReadAsync(ledger, info, progress, cancellation)
            .ConfigureAwait(false);
        var text = new StreamWriter(output,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024, leaveOpen: true)
        {
            NewLine = "\n",
        };
        await using (text.ConfigureAwait(false))
        {
            return await ChainExport.RunAsync(ledger, info, make(text, books), days,
                progress, cancellation).ConfigureAwait(false);
        }
    }

    private static void Check(ILedger ledger, Stream output)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(output);
    }
}
