namespace Settle.Billing.Rules;

/// <summary>BG-14 or BG-26: the first and the last day, as <c>yyyy-MM-dd</c>.</summary>
internal sealed record EnPeriod(string? Start, string? End);
