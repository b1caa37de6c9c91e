using System.Text.Json.Nodes;

namespace Settle.Cli.Output;

/// <summary>An account in lines.</summary>
internal static class AccountLines
{
    /// <summary>For people: a line about it and one per asset.</summary>
    public static string Of(Account account)
    {
        var head = $"{(account.Closed ? "closed" : "open")}: {account.Name}";
        if (account.Owners is { Count: > 0 } owners)
            head += $", owned by {string.Join(", ", owners)}";
        if (account.Meta is { Count: > 0 } meta)
            head += $", {string.Join(", ", meta.Select(pair => $"{pair.Key}={pair.Value}"))}";
        if (account.Closed) head += Left(account);
        return string.Join(Environment.NewLine, account.Balances.Select(b =>
            $"  {b.Balance}, "
            + $"available {b.Available.Digits}, spendable {b.Spendable}, "
            + $"overdraft {(b.Overdraft.IsUnlimited ? "unlimited" : b.Overdraft.Limit.Digits)}, "
            + $"ceiling {b.Ceiling?.Limit.Digits ?? "none"}").Prepend(head));
    }

    // Nobody should find out later what a closed account still has.
    private static string Left(Account account)
    {
        var left = account.Balances.Where(b => !b.Balance.IsZero || b.Available != b.Balance)
            .Select(b => b.Available == b.Balance ? $"{b.Balance} left"
                : $"{b.Balance} left, {(b.Balance - b.Available).Digits} of it held");
        return string.Concat(left.Select(text => $", {text}"));
    }

    /// <summary>For programs: an object per asset, with the account's terms in each.</summary>
    public static IEnumerable<JsonElement> Rows(Account account)
    {
        var json = JsonSerializer.SerializeToNode(account, WireJson.Compact.Account)!;
        foreach (var balance in json["balances"]!.AsArray())
        {
            var row = new JsonObject { ["account"] = account.Name };
            foreach (var (name, value) in balance!.AsObject()) row[name] = value?.DeepClone();
            if (account.Closed) row["closed"] = true;
            foreach (var name in (string[])["owners", "meta"])
                if (json[name] is { } value) row[name] = value.DeepClone();
            yield return row.Deserialize(WireJson.Compact.JsonElement);
        }
    }
}
