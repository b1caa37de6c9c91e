namespace Settle.Billing.Rules;

/// <summary>BG-17: an account (BT-84), its holder (BT-85) and its bank (BT-86).</summary>
internal sealed record EnAccount(string? Id, string? Holder = null, string? Bank = null);
