namespace Settle.Journals;

/// <summary>A journal for beancount: a transaction per entry that moved money.</summary>
/// <param name="output">Takes the file.</param>
/// <param name="books">What the accounts are, and what is above zero.</param>
internal sealed class BeancountJournal(TextWriter output, JournalBooks books) : IJournal
{
    // Before any date that a client can give.
    private const string Always = "0001-01-01";

    private readonly HashSet<string> _accounts = new(StringComparer.Ordinal);
    private readonly BeancountCurrencies _currencies = new();
    private bool _hasDeclared;

    public void Begin(LedgerInfo info)
    {
        output.WriteLine($"option \"title\" {Quote($"Settle ledger {info.Name}")}");
        var whose = info.Site is { } site ? $" of site {site} alone" : "";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"; blocks 1 to {info.Height}{whose}, hash {info.Hash}"));
        output.WriteLine();
        output.WriteLine($"option \"operating_currency\" \"{Currency(info.Asset)}\"");
    }

    public ValueTask WriteAsync(JournalEntry entry, CancellationToken cancellation)
    {
        if (!entry.IsMovement) return ValueTask.CompletedTask;
        var postings = books.Postings(entry);
        output.WriteLine();
        foreach (var posting in postings)
        {
            Currency(posting.Amount.Asset!);
            Open(posting);
        }
        if (_hasDeclared) output.WriteLine();
        _hasDeclared = false;
        output.WriteLine($"{entry.Date} * {Quote(Title(entry))}");
        output.WriteLine($"  id: {Quote(entry.Id)}");
        output.WriteLine($"  position: \"{entry.Position}\"");
        if (entry.Meta is { } meta) output.WriteLine($"  meta: {Quote(meta)}");
        foreach (var posting in postings)
        {
            var amount = $"{posting.Amount.Digits} {Currency(posting.Amount.Asset!)}";
            output.WriteLine($"  {BeancountNames.Of(posting)}  {amount}");
        }
        return ValueTask.CompletedTask;
    }

    public void End() => output.Flush();

    private string Title(JournalEntry entry) =>
        entry.Memo ?? (books.HasBilling ? entry.Title : null) ?? "";

    private void Open(in BookPosting posting)
    {
        var name = BeancountNames.Of(posting);
        if (!_accounts.Add(name)) return;
        _hasDeclared = true;
        output.WriteLine($"{Always} open {name}");
        output.WriteLine($"  account: {Quote(posting.Account)}");
    }

    private string Currency(string asset)
    {
        var name = _currencies.Of(asset, out var isNew);
        if (!isNew) return name;
        _hasDeclared = true;
        output.WriteLine($"{Always} commodity {name}");
        output.WriteLine($"  asset: {Quote(asset)}");
        return name;
    }

    private static string Quote(string text) => '"' + text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal) + '"';
}
