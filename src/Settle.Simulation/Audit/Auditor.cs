namespace Settle.Simulation;

/// <summary>
/// Compares all that clients did and heard with the chain. Reads plain JSON; knows nothing of the
/// product's code.
/// </summary>
internal sealed class Auditor(
    Record record, IEnumerable<ReadOnlyMemory<byte>> bodies, DurableSideDocuments? shelf = null)
{
    private readonly Books _books = new();
    private readonly BillingBooks _billing = new();

    // The balances and terms after each block, by height.
    private readonly List<Dictionary<(string Account, string Asset), (Int128 Balance,
        Int128 Available, AuditedTerms Terms)>> _after = [[]];

    public Books Books => _books;

    public BillingBooks Billing => _billing;

    public string DefaultAsset { get; private set; } = "";

    /// <summary>The balances and terms after a block.</summary>
    public IReadOnlyDictionary<(string Account, string Asset), (Int128 Balance, Int128 Available,
        AuditedTerms Terms)> After(long height) => _after[(int)height];

    public long Height { get; private set; }

    /// <returns>The first fault; null for none.</returns>
    public Violation? Audit() => AuditChain()
        ?? new Promises(record, _books.Decided, DefaultAsset).Audit()
        ?? AuditLooks()
        ?? (shelf is null ? null : new BillingPromises(record, this, shelf).Audit());

    private Violation? AuditChain()
    {
        AuditedBlock? last = null;
        foreach (var body in bodies)
        {
            var block = BlockReading.Read(body);
            if (AuditLink(last, block) is { } broken) return broken;
            _books.Now = block.Time;
            foreach (var entry in block.Entries)
                if (AuditEntry(entry) is { } fault) return fault;
            foreach (var account in _books.BelowFloor())
                return new("floor", $"{account} is below its floor after block {block.Height}");
            foreach (var asset in _books.Unbalanced())
                return new("conservation", $"'{asset}' does not sum to zero at {block.Height}");
            _after.Add(_books.Balances.Keys.ToDictionary(key => key, key => (
                _books.Balance(key.Account, key.Asset),
                _books.Available(key.Account, key.Asset), _books.Terms(key.Account, key.Asset))));
            last = block;
        }
        Height = last?.Height ?? 0;
        return null;
    }

    private static Violation? AuditLink(AuditedBlock? last, AuditedBlock block)
    {
        if (block.Height != (last?.Height ?? 0) + 1)
            return new("chain", $"block {block.Height} follows {last?.Height}");
        if (block.Prev != (last?.Hash ?? new string('0', 64)))
            return new("chain", $"block {block.Height} does not name the block before it");
        if (block.Hash != block.ActualHash)
            return new("chain", $"block {block.Height} has another hash than it says");
        return block.Time < last?.Time
            ? new("time", $"the time of block {block.Height} goes back") : null;
    }

    private Violation? AuditEntry(AuditedEntry entry)
    {
        if (entry.Type == "ledger") DefaultAsset = entry.Asset;
        if (_books.Decided.TryGetValue(entry.Id, out var before))
        {
            return new("once",
                $"{entry.Id} is decided in block {before.Height} and in block {entry.Height}");
        }
        if (entry.Bill is { Profile.Length: > 0 } party)
            party.Name = shelf?.NameOf(party.Profile);
        var reason = entry.Bill is null ? _books.Judge(entry) : _billing.Judge(entry, _books);
        if (reason != entry.Reason || (reason.Length == 0) != (entry.Status == "successful"))
        {
            return new("verdict", $"{entry.Type} {entry.Id} in block {entry.Height} is "
                + $"{entry.Status} {entry.Reason}, and should be '{reason}'");
        }
        if (_billing.Audit(entry) is { } fault) return fault;
        _books.Add(entry);
        foreach (var account in _books.BelowFloor())
            return new("floor", $"{account} is below its floor after {entry.Id}");
        return entry.Bill is not null && _billing.FindDifference(_books) is { } difference
            ? new("books", $"after {entry.Id}, {difference}") : null;
    }

    private Violation? AuditLooks()
    {
        foreach (var look in record.Looks)
        {
            var height = look.Account.Height;
            if (height < look.HeightMin || height > Height)
            {
                return new("reading", $"{look.Machine} showed height {height} after it had "
                    + $"answered from block {look.HeightMin}");
            }
            foreach (var shown in look.Account.Balances)
            {
                var asset = shown.Asset == DefaultAsset ? "" : shown.Asset;
                var (balance, available, _) =
                    _after[(int)height].GetValueOrDefault((look.Account.Name, asset));
                // Holds that have expired by the reader's clock are free although no block says so.
                if (shown.Balance.Units != balance || shown.Available.Units < available
                    || shown.Available.Units > balance)
                {
                    return new("reading", $"{look.Machine} showed {look.Account.Name} with "
                        + $"{shown.Balance} ({shown.Available} available) at height {height}; "
                        + $"it was {balance} ({available})");
                }
            }
        }
        return null;
    }
}
