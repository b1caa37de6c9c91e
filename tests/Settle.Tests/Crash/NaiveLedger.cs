using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>
/// A second ledger, as plain as can be: it reads the chain as JSON, checks its links, decides every
/// transfer again and sums up what each account has. It shares no code with the product.
/// </summary>
internal sealed class NaiveLedger
{
    private readonly Dictionary<string, long> balances = [];
    private readonly Dictionary<string, (RefusalCode Refusal, long Block)> verdicts = [];
    private string? newest;
    private long? height;

    /// <summary>Every transfer's verdict and block by its id.</summary>
    public IReadOnlyDictionary<string, (RefusalCode Refusal, long Block)> Verdicts => verdicts;

    /// <summary>Reads a whole ledger, and compares what it says of itself with what its chain says.</summary>
    public static async Task<NaiveLedger> ReadAsync(ILedger ledger)
    {
        var naive = new NaiveLedger();
        IReadOnlyList<Balance> told;
        long before, after;
        do
        {
            // A server that still has requests writes on, and what is read of it comes a moment later.
            while (await ledger.ReadBlocksAsync((naive.height ?? -1) + 1, 100) is { Count: > 0 } blocks)
            {
                foreach (var block in blocks)
                    naive.Apply(block);
            }
            before = (await ledger.GetInfoAsync()).Height;
            told = await ledger.ListBalancesAsync();
            after = (await ledger.GetInfoAsync()).Height;
        }
        while ((before, after) != (naive.height ?? 0, naive.height ?? 0));
        Assert.Equal(0, naive.balances.Values.Sum());
        Assert.Equal(
            naive.balances.Where(balance => balance.Value != 0).OrderBy(balance => balance.Key),
            told.Where(balance => !balance.Amount.IsZero).OrderBy(balance => balance.Account)
                .Select(balance => KeyValuePair.Create(balance.Account, (long)balance.Amount.Units)));
        return naive;
    }

    private void Apply(Block block)
    {
        using var json = JsonDocument.Parse(block.Body);
        var root = json.RootElement;
        var hash = root.GetProperty("hash").GetString()!;
        Assert.Equal(hash, HashOf(Encoding.UTF8.GetString(block.Body.Span), hash));
        Assert.Equal(block.Height, root.GetProperty("height").GetInt64());
        if (height is not null)
        {
            Assert.Equal(height + 1, block.Height);
            Assert.Equal(newest, root.GetProperty("prev").GetString());
        }
        (height, newest) = (block.Height, hash);
        foreach (var entry in root.GetProperty("entries").EnumerateArray())
            if (entry.GetProperty("type").GetString() == "transfer")
                Decide(entry, block.Height);
    }

    private void Decide(JsonElement entry, long block)
    {
        var id = entry.GetProperty("id").GetString()!;
        var from = entry.GetProperty("from").GetString()!;
        var to = entry.GetProperty("to").GetString()!;
        var amount = entry.GetProperty("amount").GetInt64();
        var enough = from == "@world" || balances.GetValueOrDefault(from) >= amount;
        Assert.Equal(enough ? "successful" : "rejected", entry.GetProperty("status").GetString());
        if (!enough)
            Assert.Equal("insufficient_funds", entry.GetProperty("reason").GetString());
        var refusal = enough ? RefusalCode.None : RefusalCode.InsufficientFunds;
        Assert.True(verdicts.TryAdd(id, (refusal, block)), $"{id} was decided twice");
        if (!enough)
            return;
        balances[from] = balances.GetValueOrDefault(from) - amount;
        balances[to] = balances.GetValueOrDefault(to) + amount;
    }

    /// <summary>What the hash is made of: the body without its id and without the hash.</summary>
    private static string HashOf(string body, string hash)
    {
        var start = body.IndexOf("\"entries\"", StringComparison.Ordinal);
        var hashed = "{" + body[start..].Replace($",\"hash\":\"{hash}\"", "", StringComparison.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashed)));
    }
}
