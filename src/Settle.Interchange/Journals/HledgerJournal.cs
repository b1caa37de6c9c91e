namespace Settle.Journals;

/// <summary>A journal for hledger: a transaction per entry that moved money.</summary>
/// <param name="output">Takes the file.</param>
/// <param name="books">What the accounts are, and what is above zero.</param>
internal sealed class HledgerJournal(TextWriter output, JournalBooks books) : IJournal
{
    private readonly HashSet<string> _accounts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _assets = new(StringComparer.Ordinal);

    public void Begin(LedgerInfo info)
    {
        output.WriteLine($"; Settle ledger {HledgerNames.Encode(info.Name)}");
        var whose = info.Site is { } site ? $" of site {site} alone" : "";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"; blocks 1 to {info.Height}{whose}, hash {info.Hash}"));
        output.WriteLine("; In account names, %XX stands for a byte that hledger would misread.");
        output.WriteLine("decimal-mark .");
    }

    public ValueTask WriteAsync(JournalEntry entry, CancellationToken cancellation)
    {
        if (!entry.IsMovement) return ValueTask.CompletedTask;
        var postings = books.Postings(entry);
        output.WriteLine();
        var known = _accounts.Count + _assets.Count;
        foreach (var posting in postings) Declare(posting);
        if (_accounts.Count + _assets.Count > known) output.WriteLine();
        output.WriteLine(
            $"{entry.Date} * ({entry.Position}) {Description(Title(entry))}".TrimEnd());
        output.WriteLine($"    ; id:{Tag(entry.Id)}");
        foreach (var posting in postings)
        {
            var amount =
                $"{posting.Amount.Digits} {HledgerNames.Commodity(posting.Amount.Asset!)}";
            output.WriteLine($"    {HledgerNames.Of(posting)}  {amount}");
        }
        return ValueTask.CompletedTask;
    }

    public void End() => output.Flush();

    private string? Title(JournalEntry entry) =>
        entry.Memo ?? (books.HasBilling ? entry.Title : null);

    private void Declare(in BookPosting posting)
    {
        var asset = posting.Amount.Asset!;
        if (_assets.Add(asset))
        {
            // The decimal mark must be there, even if no decimals follow.
            var sample = "1000." + new string('0', posting.Amount.Scale);
            output.WriteLine($"commodity {sample} {HledgerNames.Commodity(asset)}");
        }
        var account = HledgerNames.Of(posting);
        if (_accounts.Add(account)) output.WriteLine($"account {account}");
    }

    // A semicolon would begin a comment, a line break would end the description.
    private static string Description(string? memo) =>
        memo is null ? ""
            : memo.ReplaceLineEndings(" ").Replace('\t', ' ').Replace('\r', ' ').Replace(';', ',');

    // A comma ends the value of a tag.
    private static string Tag(string id)
    {
        var text = new StringBuilder(id.Length);
        foreach (var c in id)
        {
            if (c is '%' or ',') text.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            else text.Append(c);
        }
        return text.ToString();
    }
}
