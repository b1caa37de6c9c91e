namespace Settle.Billing.Rules;

/// <summary>BG-1: a text (BT-22) and the code of its subject (BT-21).</summary>
internal sealed record EnNote(string? Text, string? Subject = null);
