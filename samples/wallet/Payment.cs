namespace Wallet;

/// <summary>What a client asks for: an amount in dollars, and to whom it goes.</summary>
internal sealed record Payment(decimal Amount, string To = "");
