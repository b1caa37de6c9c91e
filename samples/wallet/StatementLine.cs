namespace Wallet;

/// <summary>One movement, with the balance after it.</summary>
internal sealed record StatementLine(
    DateTimeOffset Time, string Id, string? With, decimal Amount, decimal Balance);
