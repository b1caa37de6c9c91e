namespace Settle.Cli.Output;

/// <summary>An account for people: a line about it and one per asset.</summary>
internal static class AccountLines
{
    public static string Of(Account account)
    {
        var head = $"{(account.Closed ? "closed" : "open")}: {account.Name}";
        if (account.Owners is { Count: > 0 } owners)
            head += $", owned by {string.Join(", ", owners)}";
        return string.Join(Environment.NewLine, account.Balances.Select(b =>
            $"  {b.Balance}, "
            + $"available {b.Available.Digits}, "
            + $"overdraft {(b.Overdraft.IsUnlimited ? "unlimited" : b.Overdraft.Limit.Digits)}, "
            + $"ceiling {b.Ceiling?.Limit.Digits ?? "none"}").Prepend(head));
    }
}
