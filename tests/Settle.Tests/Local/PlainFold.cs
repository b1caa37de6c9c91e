using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Settle.Tests.Local;

/// <summary>
/// A chain read as plain JSON and folded with a few additions: what every read must agree with. It shares
/// nothing with the product but the blocks.
/// </summary>
internal sealed class PlainFold
{
    private readonly List<PlainEntry> _entries = [];

    public IReadOnlyList<PlainEntry> Entries => _entries;

    public IEnumerable<DateTimeOffset> Times => _entries.Select(entry => entry.Time).Distinct();

    /// <summary>When holds expire, if nothing happens to them before.</summary>
    public IEnumerable<DateTimeOffset> Expiries => _entries.Where(entry => entry.Expires is not null)
        .Select(entry => entry.Expires!.Value).Distinct();

    public static async Task<PlainFold> OfAsync(ILedger ledger)
    {
        var fold = new PlainFold();
        for (var height = 1L; await ledger.ReadBlocksAsync(height, 100) is { Count: > 0 } blocks;)
        {
            foreach (var block in blocks) fold.Add(block);
            height += blocks.Count;
        }
        return fold;
    }

    /// <summary>The height of the last block that is not younger.</summary>
    public long HeightAt(DateTimeOffset time) =>
        _entries.LastOrDefault(entry => entry.Time <= time)?.Height ?? 0;

    /// <summary>When a block was made; long ago for none.</summary>
    public DateTimeOffset TimeOf(long height) =>
        _entries.Find(entry => entry.Height == height)?.Time ?? DateTimeOffset.UnixEpoch;

    /// <summary>Every balance after a block, and when a time is given, at that time.</summary>
    public List<string> Balances(long height, DateTimeOffset? time = null)
    {
        var balances = new Dictionary<(string Account, string Asset), BigInteger>();
        var holds = new Dictionary<string, PlainEntry>();
        foreach (var entry in _entries.Where(entry => entry.Height <= height && entry.IsSuccessful))
        {
            foreach (var (account, asset, change) in entry.Changes())
                balances[(account, asset)] = balances.GetValueOrDefault((account, asset)) + change;
            if (entry.Type == "hold") holds.Add(entry.Id, entry);
            if (entry.Type is "capture" or "void") holds.Remove(entry.Text("hold")!);
        }
        var now = time ?? _entries.LastOrDefault(entry => entry.Height <= height)?.Time;
        return [.. balances.OrderBy(each => each.Key.Account, StringComparer.Ordinal)
            .ThenBy(each => each.Key.Asset, StringComparer.Ordinal)
            .Select(each => Line(each.Key.Account, each.Key.Asset, each.Value, each.Value - holds.Values
                .Where(hold => !(hold.Expires <= now) && (hold.Text("from"), hold.Asset) == each.Key)
                .Aggregate(BigInteger.Zero, (sum, hold) => sum + hold.Amount)))];
    }

    /// <summary>The ids of transfers, newest first.</summary>
    public List<string> Transfers(TransferQuery query) => [.. _entries.AsEnumerable().Reverse()
        .Where(entry => entry.Type is "transfer" or "capture" or "revert" && entry.Text("from") is not null)
        .Where(entry => query.Account is null || query.Account == entry.Text("from") || query.Account == entry.Text("to"))
        .Where(entry => query.Status is null || Words<EntryStatus>.Of(query.Status.Value) == entry.Text("status"))
        .Where(entry => (query.From is null || entry.Time >= query.From) && (query.To is null || entry.Time < query.To))
        .Select(entry => entry.Id)];

    /// <summary>An account's movements, newest first; those of one entry in any order.</summary>
    public List<string> Movements(string account)
    {
        var balances = new Dictionary<string, BigInteger>();
        var lines = new List<List<string>>();
        foreach (var entry in _entries.Where(entry => entry.IsSuccessful && entry.Moves))
        {
            var changes = entry.Changes().Where(change => change.Account == account).GroupBy(change => change.Asset);
            lines.Add([.. changes.Select(each => (Asset: each.Key, Change: each.Aggregate(BigInteger.Zero, (sum, part) => sum + part.Change)))
                .Select(each => $"{entry.Id} {each.Asset} {each.Change} {balances[each.Asset] = balances.GetValueOrDefault(each.Asset) + each.Change}")
                .Order(StringComparer.Ordinal)]);
        }
        lines.Reverse();
        return [.. lines.SelectMany(each => each)];
    }

    public string? HoldState(PlainEntry hold, DateTimeOffset now)
    {
        if (!hold.IsSuccessful) return null;
        var end = _entries.Find(entry => entry.IsSuccessful && entry.Type is "capture" or "void"
            && entry.IsSuccessful && entry.Text("hold") == hold.Id);
        return end is not null ? (end.Type == "void" ? "voided" : "captured")
            : hold.Expires <= now ? "expired" : "open";
    }

    public static string Line(string account, string asset, BigInteger balance, BigInteger available) =>
        string.Create(CultureInfo.InvariantCulture, $"{account} {asset} {balance} {available}");

    public static string Line(Balance balance) =>
        Line(balance.Account, balance.Asset, balance.Amount.Units, balance.Available.Units);

    private void Add(Block block)
    {
        using var json = JsonDocument.Parse(block.Body);
        var time = json.RootElement.GetProperty("time").GetDateTimeOffset();
        var index = 0;
        foreach (var entry in json.RootElement.GetProperty("entries").EnumerateArray())
        {
            var defaultAsset = _entries.Count == 0 ? entry.GetProperty("asset").GetString()! : _entries[0].Asset;
            _entries.Add(new PlainEntry(new EntryPosition(block.Height, index++), time, entry.Clone(), defaultAsset));
        }
    }
}
