namespace Settle.Billing.Rules;

/// <summary>BG-3: the number (BT-25) and date (BT-26) of an earlier invoice.</summary>
internal sealed record EnPreceding(string? Number, string? Date = null);
