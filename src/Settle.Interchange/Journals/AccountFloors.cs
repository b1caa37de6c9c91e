using CsvHelper;

namespace Settle.Journals;

/// <summary>
/// How far below zero each account may fall or did fall: the accounts file that lets an exported
/// history be imported again. Overdrafts that were lowered later, and postings that only count
/// together, would otherwise refuse a row.
/// </summary>
internal sealed class AccountFloors
{
    private readonly Dictionary<(string Account, string Asset), Position> _positions = [];

    /// <summary>Takes in the next entry of the chain.</summary>
    public void Note(JournalEntry entry)
    {
        if (entry.Terms is { } terms)
        {
            var position = Of(terms.Account, terms.Asset);
            if (terms.Overdraft == AccountTerms.Unlimited) position.IsUnlimited = true;
            else position.Overdraft = Int128.Max(position.Overdraft, terms.Overdraft);
        }
        if (!entry.IsMovement) return;
        foreach (var posting in entry.Postings)
        {
            Of(posting.From, posting.Asset!).Add(-posting.Amount.Units);
            Of(posting.To, posting.Asset!).Add(posting.Amount.Units);
        }
    }

    public void Write(Stream output, AssetScales scales)
    {
        using var writer =
            CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        writer.WriteRecord(["account", "asset", "overdraft"]);
        foreach (var ((account, asset), position) in _positions
            .OrderBy(p => p.Key.Account, StringComparer.Ordinal)
            .ThenBy(p => p.Key.Asset, StringComparer.Ordinal))
        {
            if (account == "@world") continue;
            writer.WriteField(account);
            writer.WriteField(asset);
            writer.WriteField(position.IsUnlimited ? "unlimited"
                : scales.Format(position.Floor, asset));
            writer.EndRecord();
        }
    }

    private Position Of(string account, string asset)
    {
        if (!_positions.TryGetValue((account, asset), out var position))
            _positions.Add((account, asset), position = new Position());
        return position;
    }

    private sealed class Position
    {
        private Int128 _balance;
        private Int128 _lowest;

        public bool IsUnlimited { get; set; }

        public Int128 Overdraft { get; set; }

        public Int128 Floor => Int128.Max(Overdraft, -_lowest);

        public void Add(Int128 amount)
        {
            _balance += amount;
            _lowest = Int128.Min(_lowest, _balance);
        }
    }
}
