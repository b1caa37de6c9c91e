using CsvHelper;

namespace Settle.Journals;

/// <summary>
/// The accounts of a ledger with their terms, as a file that <c>settle import</c> reads before the
/// exported movements. Those may need more than today's terms allow: overdrafts were lowered since,
/// and accounts closed. So each row says too how low its balance fell.
/// </summary>
internal sealed class CsvAccountTerms
{
    private static readonly string[] Columns =
        ["account", "asset", "overdraft", "ceiling", "closed", "owners", "meta", "lowest"];

    private readonly Dictionary<(string Account, string Asset), (Int128 Now, Int128 Lowest)>
        _balances = [];

    /// <summary>Takes in the next entry of the chain.</summary>
    public void Note(JournalEntry entry)
    {
        if (!entry.IsMovement) return;
        foreach (var posting in entry.Postings)
        {
            Add(posting.From, posting.Asset!, -posting.Amount.Units);
            Add(posting.To, posting.Asset!, posting.Amount.Units);
        }
    }

    /// <summary>Writes the accounts as they were after a block.</summary>
    /// <param name="output">Takes the file.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="exported">Names the newest block that was exported.</param>
    /// <param name="cancellation">Stops between two accounts.</param>
    public async Task WriteAsync(Stream output, ILedger ledger, LedgerInfo exported,
        CancellationToken cancellation)
    {
        using var writer =
            CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        writer.WriteRecord(Columns);
        await foreach (var listed in ledger.AllAccountsAsync(cancellation)
            .ConfigureAwait(false))
        {
            if (listed.Name == "@world") continue;
            // The ledger may have gone on. One of several sites only knows the terms of now.
            var account = listed.Height == exported.Height || exported.Site is not null ? listed
                : await ledger.GetAccountAsync(listed.Name, AsOf.AtHeight(exported.Height),
                    cancellation).ConfigureAwait(false);
            foreach (var balance in account?.Balances ?? []) Write(writer, account!, balance);
        }
    }

    private void Write(CsvWriter writer, Account account, AccountBalance balance)
    {
        var lowest = _balances.GetValueOrDefault((account.Name, balance.Asset)).Lowest;
        CsvFormulas.Write(writer, account.Name);
        writer.WriteField(balance.Asset);
        writer.WriteField(balance.Overdraft.IsUnlimited ? "unlimited"
            : balance.Overdraft.Limit.Digits);
        writer.WriteField(balance.Ceiling is { IsNone: false } ceiling ? ceiling.Limit.Digits
            : "none");
        writer.WriteField(account.Closed ? "true" : "false");
        CsvFormulas.Write(writer, account.Owners is { Count: > 0 } owners
            ? JsonSerializer.Serialize([.. owners], CsvJson.Default.StringArray) : "");
        CsvFormulas.Write(writer, account.Meta is { Count: > 0 } meta
            ? JsonSerializer.Serialize(new(meta, StringComparer.Ordinal),
                CsvJson.Default.DictionaryStringString) : "");
        writer.WriteField(Amounts.Format(lowest, balance.Balance.Scale));
        writer.EndRecord();
    }

    private void Add(string account, string asset, Int128 amount)
    {
        var (now, lowest) = _balances.GetValueOrDefault((account, asset));
        _balances[(account, asset)] = (now + amount, Int128.Min(lowest, now + amount));
    }
}
