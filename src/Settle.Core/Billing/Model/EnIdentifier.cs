namespace Settle.Billing.Rules;

/// <summary>An identifier and the scheme it belongs to.</summary>
internal sealed record EnIdentifier(string? Value, string? Scheme);
