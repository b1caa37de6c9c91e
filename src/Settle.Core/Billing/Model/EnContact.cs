namespace Settle.Billing.Rules;

/// <summary>BG-6, BG-9: name (BT-41), telephone (BT-42) and mail (BT-43) of a contact.</summary>
internal sealed record EnContact(string? Name, string? Phone, string? Email);
