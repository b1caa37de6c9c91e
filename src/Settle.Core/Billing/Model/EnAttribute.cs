namespace Settle.Billing.Rules;

/// <summary>BG-32: the name (BT-160) and value (BT-161) of an item's attribute.</summary>
internal sealed record EnAttribute(string? Name, string? Value);
