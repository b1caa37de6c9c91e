using Settle.Cli.Input;

namespace Settle.Cli.Output;

/// <summary>An account for people: a line about it and one per asset.</summary>
internal static class AccountLines
{
    public static string Of(Account account, Scales scales)
    {
        var head = $"{(account.Closed ? "closed" : "open")}: {account.Name}";
        if (account.Owners is { Count: > 0 } owners)
            head += $", owned by {string.Join(", ", owners)}";
        return string.Join(Environment.NewLine, account.Balances.Select(b =>
            $"  {scales.FormatMoney(b.Balance, b.Asset)}, "
            + $"available {scales.Format(b.Available, b.Asset)}, "
            + $"overdraft {Terms.Format(b.Overdraft, b.Asset, scales)}, "
            + $"ceiling {Terms.Format(b.Ceiling, b.Asset, scales)}").Prepend(head));
    }
}
